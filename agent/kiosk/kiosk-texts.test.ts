import { HomeroomError } from '@homeroom/protocol/wire';
import { describe, expect, it } from 'vitest';
import { faultOf, offlinePage, originForPeople, withoutError } from './kiosk-texts.ts';

describe('offlinePage', () => {
  const controller = 'https://homeroom.local:8080';

  it('tells apart the controller and a page from elsewhere', () => {
    expect(offlinePage(`${controller}/kiosk/pi-1`, controller, 'no route').title).toBe(
      'No connection to Homeroom',
    );
    expect(offlinePage('https://school.example/', controller, 'no route').title).toBe(
      'This page does not load',
    );
  });

  it('tells the reason', () => {
    expect(offlinePage(controller, controller, 'no route').text).toBe('no route\nTrying again by itself.');
  });
});

describe('originForPeople', () => {
  it('leaves path and query out', () => {
    expect(originForPeople('https://school.example/a?ticket=1')).toBe('https://school.example');
  });

  it('shortens what is no web page', () => {
    expect(originForPeople('data:text/html,secret')).toBe('data:text/ht…');
  });
});

describe('faultOf', () => {
  it('keeps the code of our own errors', () => {
    expect(faultOf(new HomeroomError('kiosk_browser_missing'))).toEqual({
      code: 'kiosk_browser_missing',
      message: 'Chromium is not installed on the device.',
    });
  });

  it('takes any other for a failed load, no longer than the wire allows', () => {
    expect(faultOf(new Error('x'.repeat(500)))).toEqual({
      code: 'kiosk_load_failed',
      message: 'x'.repeat(200),
    });
  });
});

it('withoutError forgets the error alone', () => {
  const status = { state: 'showing', url: 'https://a/', loadedAt: null } as const;
  expect(withoutError({ ...status, error: { code: 'a', message: 'b' } })).toEqual(status);
});
