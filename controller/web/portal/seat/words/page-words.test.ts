import type { Device } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { pageFact } from './page-words.ts';

type Kiosk = NonNullable<Device['reported']>['kiosk'];

function factOf(url: string, kiosk: Partial<Kiosk>) {
  return pageFact({
    desired: { revision: 1, page: null, screen: 'on', lock: false, message: null, url },
    reported: {
      revision: 1,
      kiosk: { state: 'showing', url: null, loadedAt: null, ...kiosk },
      screen: { power: 'on' },
      lock: false,
    },
  });
}

test('a page of the controller is called by its kind, reported by path or by address', () => {
  expect(factOf('/kiosk/pi-1', { url: '/kiosk/pi-1' }).words).toBe('seat page');
  expect(factOf('/desktop/1', { url: 'https://10.0.0.2:8080/desktop/1' })).toMatchObject({
    words: 'desktop',
    tone: 'good',
  });
});

test('any page of the controller is shown once the device reports its address', () => {
  const url = 'https://10.0.0.2:8080/simulator/pi-1?big#relays';
  expect(factOf('/simulator/pi-1?big#relays', { url })).toMatchObject({ words: url, tone: 'good' });
  expect(factOf('/simulator/pi-1', { url }).tone).toBe('busy');
});

test('another page is told by its address', () => {
  expect(factOf('https://example.org/', { url: 'https://example.org/' }).words).toBe('https://example.org/');
});

test('a page on its way is told with where it goes', () => {
  expect(factOf('/desktop/1', { url: '/kiosk/pi-1' })).toMatchObject({
    words: 'changing to desktop',
    tone: 'busy',
  });
});

test('a failure is told in the browser’s words', () => {
  const error = { code: 'kiosk_load_failed', message: 'net::ERR_NAME_NOT_RESOLVED' };
  expect(factOf('/kiosk/pi-1', { state: 'failed', error })).toMatchObject({
    words: 'net::ERR_NAME_NOT_RESOLVED.',
    tone: 'bad',
  });
});

test('a page that may not be shown is told with its site, and with what may be', () => {
  const error = { code: 'kiosk_url_not_allowed', message: 'https://example.com may not be shown here' };
  expect(factOf('https://example.com/', { url: '/kiosk/pi-1', error })).toEqual({
    label: 'Page',
    words:
      'example.com is not shown: this device may show pages of Homeroom, and addresses that its own configuration allows. It shows what it showed before.',
    tone: 'bad',
  });
});

test('without a browser or a report nothing is claimed', () => {
  expect(factOf('/kiosk/pi-1', { state: 'absent' }).tone).toBe('idle');
});
