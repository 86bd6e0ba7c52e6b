import { describe, expect, it } from 'vitest';
import { createApartDoor } from './apart-door.js';

const people = { 'ada:right': 'teacher', 'max:right': 'student', 'root:right': 'admin' };
const basic = (text) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

function bench(now = () => 0) {
  const asked = [];
  const door = createApartDoor({
    now,
    roleOf: async (username, password) => {
      asked.push(username);
      if (username === 'away') throw new Error('no answer');
      return people[`${username}:${password}`];
    },
  });
  return { door, asked };
}

/** @returns 'passes', or the status */
function pass(gate, headers) {
  return new Promise((resolve) => {
    const response = {
      set: () => response,
      status: (code) => ({ type: () => ({ send: () => resolve(code) }) }),
    };
    gate({ headers }, response, () => resolve('passes'));
  });
}

describe('the door of a Node-RED apart', () => {
  it.each([
    ['nobody', {}, 401, 401],
    ['a wrong password', basic('ada:wrong'), 401, 401],
    ['no name', basic(':right'), 401, 401],
    ['a bearer token', { authorization: 'Bearer hr_x' }, 401, 401],
    ['a student', basic('max:right'), 403, 'passes'],
    ['a teacher', basic('ada:right'), 'passes', 'passes'],
    ['somebody while the controller is away', basic('away:x'), 503, 503],
  ])('lets %s where they may go', async (_who, headers, dashboard, node) => {
    const { door } = bench();
    expect([await pass(door.dashboard, headers), await pass(door.node, headers)]).toEqual([dashboard, node]);
  });

  it('opens the dashboard’s socket as its pages', async () => {
    const { door } = bench();
    const open = (headers) => new Promise((resolve) => door.socket({ request: { headers } }, resolve));
    expect(await open(basic('ada:right'))).toBeUndefined();
    for (const text of ['max:right', 'ada:wrong', 'away:x'])
      expect(await open(basic(text))).toBeInstanceOf(Error);
  });

  it('lets admins alone into the editor', async () => {
    const { authenticate } = bench().door.adminAuth;
    expect(await authenticate('root', 'right')).toEqual({ username: 'root', permissions: '*' });
    for (const name of ['ada', 'max', 'nobody']) expect(await authenticate(name, 'right')).toBeNull();
  });

  it('asks the controller once in five minutes, and each time about who was refused', async () => {
    let at = 0;
    const { door, asked } = bench(() => at);
    for (at of [0, 299_000, 301_000]) await pass(door.node, basic('ada:right'));
    for (const text of ['max:wrong', 'max:wrong']) await pass(door.node, basic(text));
    expect(asked).toEqual(['ada', 'ada', 'max', 'max']);
  });
});
