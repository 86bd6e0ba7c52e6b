import { describe, expect, it } from 'vitest';
import { apiErrorOf } from './api-error.js';
import { createConnection } from './connection.js';
import { createFinder } from './find-record.js';
import { createSseParser } from './sse-parser.js';
import { plainPin } from './trust.js';

describe('finding by name or id', () => {
  const lists = {
    '/rooms': [
      { id: 'r-1', name: 'Room 1' },
      { id: 'r-2', name: 'Room 2' },
    ],
    '/seats': [
      { id: 's-1', name: 'Seat 1', room: 'r-1' },
      { id: 's-2', name: 'Seat 1', room: 'r-2' },
      { id: 's-3', name: 'Door', room: 'r-2' },
    ],
  };
  const finder = (now) => {
    const asked = [];
    const list = async (path) => {
      asked.push(path);
      return lists[path];
    };
    return { ...createFinder({ list }, now), asked };
  };

  it.each([
    ['room', 'r-2', {}, 'r-2'],
    ['room', ' room 2', {}, 'r-2'],
    ['seat', 's-1', {}, 's-1'],
    ['seat', 'Door', {}, 's-3'],
    ['seat', 'Seat 1', { room: 'r-2' }, 's-2'],
    ['seat', 'Room 1/Seat 1', {}, 's-1'],
  ])('finds the %s %s within %j', async (what, wanted, within, id) => {
    expect((await finder().find(what, wanted, within)).id).toBe(id);
  });

  it.each([
    ['room', 'Room 3', 'There is no room'],
    ['seat', 'Seat 1', 'several seats'],
    ['room', '', 'No room is given'],
    ['seat', 'Room 3/Seat 1', 'There is no room'],
  ])('does not guess the %s “%s”', async (what, wanted, told) => {
    await expect(finder().find(what, wanted)).rejects.toThrow(told);
  });

  it('asks once in a while', async () => {
    let at = 0;
    const { find, asked } = finder(() => at);
    for (at of [0, 14_000, 16_000]) await find('room', 'Room 1');
    expect(asked).toEqual(['/rooms', '/rooms']);
  });
});

describe('server-sent events', () => {
  const read = (...pieces) => {
    const events = [];
    const take = createSseParser((event) => events.push(event));
    for (const piece of pieces) take(piece);
    return events;
  };

  it('are read however the stream is cut', () => {
    const text = ': ping\n\nevent: change\ndata: {"a":1}\n\ndata: x\ndata: y\n\n';
    const whole = [
      { name: 'change', data: '{"a":1}' },
      { name: 'message', data: 'x\ny' },
    ];
    expect(read(text)).toEqual(whole);
    expect(read(...text)).toEqual(whole);
    expect(read('event: change\ndata: 1')).toEqual([]);
  });

  it('end when a line does not', () => {
    expect(() => read('data: '.padEnd(70_000, 'x'))).toThrow('too long');
  });
});

it('tells the code of a problem, or the status where a proxy answered', () => {
  expect(apiErrorOf(409, '{"code":"conflict","title":"No.","detail":"Not now."}')).toMatchObject({
    status: 409,
    code: 'conflict',
    message: 'Not now.',
  });
  expect(apiErrorOf(502, '<html>')).toMatchObject({ code: 'http_502' });
});

it('reads a pin as people copy it', () => {
  expect(plainPin('AB:cd 01')).toBe('abcd01');
});

describe('a connection', () => {
  it('says what is missing', () => {
    expect(() => createConnection({}, {})).toThrow('No address');
    expect(() => createConnection({ url: 'nonsense' }, {})).toThrow('No address');
  });

  it('gives the controller’s own token to no other address', async () => {
    const environment = { HOMEROOM_URL: 'http://127.0.0.1:1', HOMEROOM_TOKEN_FILE: '/nowhere/token' };
    const { client } = createConnection({ url: 'http://127.0.0.1:2' }, environment);
    await expect(client.ask('GET', '/me')).rejects.toThrow('No API token is set');
  });
});
