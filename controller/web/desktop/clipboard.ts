import type { DesktopPolicies } from '@homeroom/protocol';
import { findElement } from './find-element.ts';

export interface Clipboard {
  /** The desktop copied something. */
  readonly take: (text: string) => void;
  readonly openDialog: () => void;
  /** Say what the desktop lets through; the desktop itself refuses the rest. */
  readonly limit: (policies: DesktopPolicies) => void;
}

const inStepWords = 'Both are in step now: what you copy on one side is on the other.';
const onceWords =
  'This computer’s clipboard was sent to the desktop. This browser asks each time, so press it again for the next.';
const notAllowedWords =
  'The browser does not let this page read the clipboard. Use the field above, or allow it in the address bar.';

/**
 * Text both ways. The dialog always works; with the person's leave (asked by the browser), what is copied on
 * either side is on the other one's clipboard by itself.
 *
 * @param paste puts text on the desktop's clipboard
 */
export function startClipboard(paste: (text: string) => void): Clipboard {
  const dialog = findElement('clipboard-dialog', HTMLDialogElement);
  const field = findElement('clipboard-text', HTMLTextAreaElement);
  const status = findElement('clipboard-status', HTMLParagraphElement);
  let inStep = '';
  let mayGive = true;
  let mayTake = true;

  const give = (text: string): void => {
    if (!mayGive || text === '' || text === inStep) return;
    inStep = text;
    paste(text);
  };
  /** @returns whether the browser let the page read */
  const readLocal = async (): Promise<boolean> => {
    const text = await navigator.clipboard?.readText().catch(() => undefined);
    if (text) give(text);
    return text !== undefined;
  };

  dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'send') give(field.value);
    dialog.returnValue = '';
  });
  findElement('clipboard-share', HTMLButtonElement).addEventListener('click', () => {
    void share();
  });
  const share = async (): Promise<void> => {
    if (!(await readLocal())) status.textContent = notAllowedWords;
    else status.textContent = (await isGranted()) ? inStepWords : onceWords;
  };
  const follow = async (): Promise<void> => {
    if (mayGive && (await isGranted())) await readLocal();
  };
  window.addEventListener('focus', () => void follow());

  return {
    take: (text) => {
      if (!mayTake) return;
      inStep = text;
      field.value = text;
      // Refused without the person's leave: then the text stands in the dialog.
      void navigator.clipboard?.writeText(text).catch(() => undefined);
    },
    limit: ({ clipboardIn = true, clipboardOut = true }) => {
      mayGive = clipboardIn;
      mayTake = clipboardOut;
      findElement('bar-clipboard', HTMLButtonElement).hidden = !clipboardIn && !clipboardOut;
      findElement('clipboard-share', HTMLButtonElement).hidden = !clipboardIn;
    },
    openDialog: () => {
      status.textContent = '';
      dialog.showModal();
      field.select();
    },
  };
}

async function isGranted(): Promise<boolean> {
  try {
    // Known to Chromium only; other browsers throw for a name that they do not know.
    const status = await navigator.permissions.query({ name: 'clipboard-read' as PermissionName });
    return status.state === 'granted';
  } catch {
    return false;
  }
}
