import type { KioskView } from '@homeroom/protocol';
import { placeWords } from '../../shared/words/session-words.ts';
import type { KioskScreen } from '../screen-of.ts';
import type { TextViewProps } from './text-view.tsx';

type TextScreen = Exclude<KioskScreen, 'sign-in' | 'choose'>;

const texts: Record<TextScreen, TextViewProps> = {
  loading: { icon: 'clock', title: 'One moment', text: '', isGoingOn: true },
  offline: {
    icon: 'alert',
    title: 'Homeroom is away',
    text: 'The connection to the controller is interrupted. This page comes back by itself.',
    isGoingOn: true,
  },
  door: {
    icon: 'key',
    title: 'This seat is not signed in',
    text: 'On a Homeroom device it signs in by itself in a moment. In any other browser, use the portal.',
    isGoingOn: true,
  },
  waiting: { icon: 'clock', title: 'Waiting for a desktop', text: '', isGoingOn: true },
  opening: { icon: 'desktop', title: 'Opening the desktop', text: '', isGoingOn: true },
  locked: {
    icon: 'lock',
    title: 'Eyes to the front',
    text: 'A teacher has locked this seat. Nothing is lost.',
  },
  message: { icon: 'message', title: 'Message', text: '' },
  unassigned: {
    icon: 'device',
    title: 'This device has no seat yet',
    text: 'An admin puts it on a seat on the Devices page. Its id is',
  },
  revoked: {
    icon: 'alert',
    title: 'This device was signed off',
    text: 'An admin has withdrawn its credential. It has to be enrolled again.',
  },
};

/** @returns what a screen without a form tells. */
export function textOf(screen: TextScreen, view: KioskView | undefined, device: string): TextViewProps {
  const text = texts[screen];
  const words = view?.message ?? undefined;
  if (screen === 'waiting') return { ...text, text: placeWords(view?.session?.place ?? null) };
  if (screen === 'message') return { ...text, title: words ?? text.title };
  if (screen === 'locked') return { ...text, text: words ?? text.text };
  return screen === 'unassigned' || screen === 'revoked' ? { ...text, code: device } : text;
}
