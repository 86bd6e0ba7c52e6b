import { expect, it } from 'vitest';
import { createEmbeddedDoor } from './embedded-door.js';

const door = createEmbeddedDoor('secret');
const by = (role, secret = 'secret') => ({ 'x-homeroom-role': role, 'x-homeroom-secret': secret });

/** @returns whether it lets a request pass */
function passes(gate, headers, path = '/flows') {
  let may = false;
  const response = { status: () => ({ type: () => ({ send: () => undefined }) }) };
  gate({ headers, path }, response, () => {
    may = true;
  });
  return may;
}

it.each([
  ['admin', true, true, true],
  ['teacher', false, true, true],
  ['student', false, false, true],
  ['toString', false, false, false],
  [undefined, false, false, false],
])('lets %s into the editor: %s, the dashboard: %s, to HTTP-in nodes: %s', (role, ...may) => {
  const gates = [door.admin, door.dashboard, door.node];
  expect(gates.map((gate) => passes(gate, by(role)))).toEqual(may);
  expect(gates.map((gate) => passes(gate, by(role, 'guess')))).toEqual([false, false, false]);
  expect(passes(door.entrance, by(role))).toBe(may[2]);
});

it('gives teachers what widgets are made of', () => {
  expect(passes(door.admin, by('teacher'), '/resources/@homeroom/node-red/ui.js')).toBe(true);
  expect(passes(door.admin, by('student'), '/resources/@homeroom/node-red/ui.js')).toBe(false);
});

it('opens sockets by the role', () => {
  const may = (role, url) => door.mayUpgrade({ headers: by(role), url });
  expect([
    may('teacher', '/dashboard/socket.io/'),
    may('teacher', '/red/comms'),
    may('teacher', '/flows-http/x'),
  ]).toEqual([true, false, false]);
  expect([may('student', '/dashboard/socket.io/'), may('admin', '/red/comms')]).toEqual([false, true]);
});

it('keeps the secret from flows, which see the headers of what they answer', () => {
  const headers = by('student');
  const rawHeaders = ['X-Homeroom-Secret', 'secret', 'accept', '*/*'];
  let seen;
  door.node({ headers, rawHeaders, path: '/' }, undefined, () => {
    seen = { headers: { ...headers }, rawHeaders: [...rawHeaders] };
  });
  expect(seen).toEqual({
    headers: { 'x-homeroom-role': 'student' },
    rawHeaders: ['X-Homeroom-Secret', '', 'accept', '*/*'],
  });
});
