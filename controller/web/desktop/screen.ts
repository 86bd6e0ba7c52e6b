import RFB from '@novnc/novnc';
import { onFirstPaint } from './first-paint.ts';

export interface ScreenEvents {
  readonly connected: () => void;
  readonly painted: () => void;
  /** Something was copied on the desktop. */
  readonly copied: (text: string) => void;
}

/** The desktop's picture and its keyboard and mouse. */
export interface Screen {
  readonly focus: () => void;
  readonly paste: (text: string) => void;
  /** Presses and releases the key of an X11 keysym. */
  readonly press: (keysym: number) => void;
  /** @returns once the stream is closed: the reason it was closed with, empty where there was none. */
  readonly closed: Promise<string>;
  readonly close: () => void;
}

/**
 * - `own`: the desktop is asked to take the window's size
 * - `control`: keyboard and mouse go along; the size is its user's
 * - `view`: nothing goes along
 */
export type ScreenUse = 'own' | 'control' | 'view';

/**
 * Opens a stream and draws it into `target`, scaled to it.
 *
 * @param url of the stream, with its ticket; good for one connection
 */
export function openScreen(
  target: HTMLElement,
  url: string,
  events: ScreenEvents,
  use: ScreenUse = 'own',
): Screen {
  const socket = new WebSocket(url, ['binary']);
  const rfb = new RFB(target, socket, { shared: true });
  let isOpen = true;
  rfb.scaleViewport = true;
  rfb.resizeSession = use === 'own';
  rfb.viewOnly = use === 'view';
  rfb.background = 'transparent';
  onFirstPaint(rfb._display, events.painted);

  rfb.addEventListener('connect', () => {
    events.connected();
    rfb.focus({ preventScroll: true });
  });
  rfb.addEventListener('disconnect', () => {
    isOpen = false;
  });
  rfb.addEventListener('clipboard', (event) => events.copied(event.detail.text));
  return {
    focus: () => rfb.focus({ preventScroll: true }),
    paste: (text) => rfb.clipboardPasteFrom(text),
    press: (keysym) => rfb.sendKey(keysym, null),
    closed: closing(rfb, socket),
    close: () => {
      // noVNC takes a second end for a fault.
      if (isOpen) rfb.disconnect();
    },
  };
}

/** noVNC tells that it ended, the socket tells why; noVNC's word may come first, or alone after a protocol fault. */
function closing(rfb: RFB, socket: WebSocket): Promise<string> {
  const graceMs = 1_000;
  return new Promise((resolve) => {
    socket.addEventListener('close', (event) => resolve(event.reason));
    rfb.addEventListener('disconnect', () => setTimeout(() => resolve(''), graceMs));
  });
}
