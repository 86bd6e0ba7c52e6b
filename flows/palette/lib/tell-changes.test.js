import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { tellChanges } from './tell-changes.js';

let node;
let feed;
let looks;
let fail;

beforeEach(() => {
  vi.useFakeTimers();
  node = Object.assign(new EventEmitter(), { dots: [], status: (look) => node.dots.push(look.text) });
  feed = {
    state: { phase: 'connected', reason: '' },
    subscribe: (listener) => {
      feed.tell = listener;
      return () => {
        feed.tell = undefined;
      };
    },
  };
  looks = [];
  fail = undefined;
  const look = async (ids) => {
    looks.push(ids ? [...ids] : 'all');
    if (fail) throw fail;
  };
  tellChanges(node, { feed }, { kinds: ['device'], restMs: 1_000, look });
});

afterEach(() => {
  node.emit('close');
  vi.useRealTimers();
});

const change = (id, kind = 'device') => feed.tell.change({ kind, id });
const pass = (ms) => vi.advanceTimersByTimeAsync(ms);

it('looks at everything once it is connected, and says so only then', async () => {
  feed.tell.state({ phase: 'connected', reason: '' });
  expect(node.dots).toEqual([]);
  feed.tell.resync();
  await pass(250);
  expect([looks, node.dots]).toEqual([['all'], ['connected']]);
});

it('looks once at what changed together, and passes over other kinds', async () => {
  for (const id of ['a', 'b', 'a']) change(id);
  change('c', 'lesson');
  await pass(250);
  expect(looks).toEqual([['a', 'b']]);
});

it('rests between two looks', async () => {
  change('a');
  await pass(250);
  change('b');
  await pass(900);
  expect(looks).toEqual([['a']]);
  await pass(100);
  expect(looks).toEqual([['a'], ['b']]);
});

it('shows a look that fails, and looks at everything later', async () => {
  fail = new Error('no answer');
  change('a');
  await pass(250);
  expect(node.dots).toEqual(['failed: no answer']);
  fail = undefined;
  await pass(5_000);
  expect([looks, node.dots.at(-1)]).toEqual([[['a'], 'all'], 'connected']);
});

it('finds what was missed some minutes later', async () => {
  await pass(300_250);
  expect(looks).toEqual(['all']);
});

it('looks no more once the node is closed', async () => {
  change('a');
  node.emit('close');
  await pass(600_000);
  expect([looks, feed.tell]).toEqual([[], undefined]);
});
