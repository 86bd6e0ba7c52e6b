import { describe, expect, it } from 'vitest';
import { isPageAllowed } from './page-rule.ts';

const origins = ['https://homeroom.local:8080', 'https://school.example/'];

describe('isPageAllowed', () => {
  it.each([
    'https://homeroom.local:8080/kiosk/pi-1',
    'https://HOMEROOM.local:8080/desktop/1?x=1#y',
    'https://school.example/timetable',
    'https://school.example:443/timetable',
    'about:blank',
  ])('allows %s', (url) => {
    expect(isPageAllowed(url, origins)).toBe(true);
  });

  it.each([
    ['another host', 'https://evil.example/'],
    ['another port', 'https://homeroom.local:8081/'],
    ['another scheme', 'http://homeroom.local:8080/'],
    ['a host that only begins so', 'https://homeroom.local.evil.example:8080/'],
    ['a host behind a user name', 'https://homeroom.local:8080@evil.example/'],
    ['a user name before an allowed host', 'https://evil@school.example/'],
    ['a file', 'file:///etc/passwd'],
    ['a script', 'javascript:alert(1)'],
    ['inline data', 'data:text/html,hello'],
    ['a browser page', 'chrome://settings'],
    ['the source of a page', 'view-source:https://school.example/'],
    ['a blob of an allowed origin', 'blob:https://school.example/1234'],
    ['no URL at all', 'school.example'],
  ])('refuses %s', (_, url) => {
    expect(isPageAllowed(url, origins)).toBe(false);
  });

  it('allows nothing but the empty page when no origin is known', () => {
    expect(isPageAllowed('https://school.example/', [])).toBe(false);
    expect(isPageAllowed('about:blank', [])).toBe(true);
  });

  it('takes an origin that is no URL for none', () => {
    expect(isPageAllowed('https://school.example/', ['school.example', '*', ''])).toBe(false);
  });
});
