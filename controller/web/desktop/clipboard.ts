import { findElement } from './find-element.ts';

export interface Clipboard {
  /** The desktop copied something. */
  readonly take: (text: string) => void;
  readonly openDialog: () => void;
}

/**
 * Text both ways. The dialog always works; with the person's leave (asked by the browser), what is copied on
 * either side is on the other one's clipboard by itself.
 *
 * @param paste puts text on the desktop's clipboard
 */
export function startClipboard(paste: (text: string) => void): Clipboard {
  const dialog = findElement('clipboard-dialog', HTMLDialogElement);
  const field = findElement('clipboard-text', HTMLTextAreaElement);
  let inStep = '';

  const give = (text: string): void => {
    if (text === '' || text === inStep) return;
    inStep = text;
    paste(text);
  };
  const readLocal = async (): Promise<void> => {
    const text = await navigator.clipboard?.readText().catch(() => '');
    if (text) give(text);
  };

  dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'send') give(field.value);
    dialog.returnValue = '';
  });
  findElement('clipboard-share', HTMLButtonElement).addEventListener('click', () => {
    dialog.close();
    void readLocal();
  });
  const follow = async (): Promise<void> => {
    if (await isGranted()) await readLocal();
  };
  window.addEventListener('focus', () => void follow());

  return {
    take: (text) => {
      inStep = text;
      field.value = text;
      // Refused without the person's leave: then the text stands in the dialog.
      void navigator.clipboard?.writeText(text).catch(() => undefined);
    },
    openDialog: () => {
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
