import { expect, it } from 'vitest';
import { localUrl, parseAddress } from './address-file.ts';

const address = { url: 'https://127.0.0.1:9080', pid: 1, caSha256: 'ab', certificatePath: null };

it('reads what a controller wrote, and nothing else', () => {
  expect(parseAddress(JSON.stringify(address))).toEqual(address);
  const others = [undefined, '', 'null', '{}', JSON.stringify({ ...address, url: 'http://127.0.0.1:9080' })];
  expect(others.map(parseAddress)).toEqual(others.map(() => undefined));
});

it.each([
  ['::', 'https://127.0.0.1:9080'],
  ['0.0.0.0', 'https://127.0.0.1:9080'],
  ['192.0.2.1', 'https://192.0.2.1:9080'],
  ['2001:db8::1', 'https://[2001:db8::1]:9080'],
])('reaches a controller that listens on %s at %s', (listen, url) => {
  expect(localUrl({ listen, port: 9080 })).toBe(url);
});
