import { expect, it } from 'vitest';
import { isOwnOrigin } from './origin.ts';

it.each([
  ['a page of the same host', { host: 'a:8080', origin: 'https://a:8080' }, true],
  ['a plain page of the same host', { host: 'a:8080', origin: 'http://a:8080' }, true],
  ['a page of the public address', { host: 'inner', origin: 'https://desks.example' }, true],
  ['a program, which names no origin', { host: 'a' }, true],
  ['a page of another host', { host: 'a', origin: 'https://b' }, false],
  ['a page of another port', { host: 'a:8080', origin: 'https://a:8081' }, false],
  ['a page without an origin, such as a sandboxed frame', { host: 'a', origin: 'null' }, false],
  ['a host that is only a part of the name', { host: 'a', origin: 'https://a.evil' }, false],
  ['a foreign page whose browser hides the origin', { host: 'a', 'sec-fetch-site': 'cross-site' }, false],
  ['a sibling domain', { host: 'a', 'sec-fetch-site': 'same-site' }, false],
])('judges %s', (_name, headers, expected) => {
  expect(isOwnOrigin(headers, 'https://desks.example')).toBe(expected);
});
