import { expect, it } from 'vitest';
import { desiredDocument, type Wanted } from './desired-document.ts';

const plain: Wanted = {
  device: 'pi-1',
  isRevoked: false,
  isLocked: false,
  message: null,
  broadcast: null,
  page: null,
  screen: 'on',
  isMuted: false,
  session: null,
};
const url = (given: Partial<Wanted>) => desiredDocument({ ...plain, ...given }).kiosk.url;
const session = (state: string) => ({ id: 's-1', state });

it('is a whole document', () => {
  expect(desiredDocument({ ...plain, screen: 'off', isLocked: true, isMuted: true })).toEqual({
    kiosk: { url: '/kiosk/pi-1' },
    screen: { power: 'off' },
    lock: true,
    audio: { muted: true },
  });
});

it.each([
  ['starting', '/desktop/s-1'],
  ['active', '/desktop/s-1'],
  ['detached', '/desktop/s-1'],
  ['waiting', '/kiosk/pi-1'],
  ['ended', '/kiosk/pi-1'],
])('shows for a session that is %s %s', (state, expected) => {
  expect(url({ session: session(state) })).toBe(expected);
});

it('shows the seat’s own page without a session', () => {
  expect(url({})).toBe('/kiosk/pi-1');
});

it('shows a broadcast over a pushed page and the desktop', () => {
  expect(url({ broadcast: 'b-1', page: '/x', session: session('active') })).toBe('/broadcast/b-1');
});

it('shows a pushed page over the desktop', () => {
  expect(url({ page: 'https://example.org/', session: session('active') })).toBe('https://example.org/');
});

it.each([{ isRevoked: true }, { isLocked: true }, { message: 'Fire drill' }])(
  'shows the seat’s own page over everything else when %o',
  (given) => {
    expect(url({ ...given, broadcast: 'b-1', page: '/x', session: session('active') })).toBe('/kiosk/pi-1');
  },
);
