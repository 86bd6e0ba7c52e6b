import { expect, it } from 'vitest';
import { doorOf } from './door-of.ts';

it.each([
  ['/red', 'admin'],
  ['/red/flows?x=/red/resources/', 'admin'],
  ['/red/comms', 'admin'],
  ['/red/resources/@homeroom/node-red/ui.js', 'teacher'],
  ['/red/resources', 'admin'],
  ['/dashboard', 'teacher'],
  ['/dashboard/wall?room=1', 'teacher'],
  ['/dashboard/socket.io/?EIO=4', 'teacher'],
  ['/flows-http/card', 'student'],
])('%s is for a %s', (url, needs) => {
  expect(doorOf(url)?.needs).toBe(needs);
});

it.each([
  '/',
  '/redis',
  '/Red/flows',
  '/dashboards',
  '/flows-http2',
  '/red/resources/../flows',
  '/red/resources/%2e%2e/flows',
  '/red/resources/%2E./flows',
  '/red/resources/..%2fflows',
  '/red/resources/..%5cflows',
  '/red//flows',
  '/dashboard/./x',
  '/red/%',
  '/red/%00',
])('%s is no door', (url) => {
  expect(doorOf(url)).toBeUndefined();
});
