import { HomeroomError } from '@homeroom/protocol';
import { beforeEach, expect, it } from 'vitest';
import type { Strokes } from '../kiosk/seat-input.ts';
import { type CommandTargets, createHandlers } from './handlers.ts';

const context = { signal: new AbortController().signal };
const absent = { present: false, reason: 'this board is real' } as const;
const nothing = async () => undefined;
let done: string[] = [];
beforeEach(() => {
  done = [];
});

function handlersOn(simulator: CommandTargets['board']['simulator']) {
  return createHandlers({
    board: { cec: absent, relays: absent, reboot: absent, simulator },
    kiosk: {
      identify: nothing,
      restart: nothing,
      screenshot: async () => ({ base64: '', takenAt: new Date(0) }),
      type: async ({ text, key }: Strokes) => void done.push(`typed ${text} ${key}`),
      click: async ({ x, y }) => void done.push(`clicked ${x} ${y}`),
    },
    desktopHost: undefined,
    openTunnel: nothing,
    name: () => 'Seat 1',
    afterAnswer: () => undefined,
  });
}

it('types and clicks at the seat’s screen with the simulated keyboard and mouse', async () => {
  const { simulate } = handlersOn({ present: true, port: { apply: ({ what }) => void done.push(what) } });
  await simulate({ what: 'keyboard', text: 'ada', key: 'Tab' }, context);
  await simulate({ what: 'mouse', x: 0.5, y: 1 }, context);
  expect(done).toEqual(['keyboard', 'typed ada Tab', 'mouse', 'clicked 0.5 1']);
});

it('leaves the screen alone when something else is simulated', async () => {
  const { simulate } = handlersOn({ present: true, port: { apply: ({ what }) => void done.push(what) } });
  await simulate({ what: 'tv', power: 'on' }, context);
  expect(done).toEqual(['tv']);
});

it('types nothing with a keyboard that is not plugged in', async () => {
  const apply = () => {
    throw new HomeroomError('hardware_absent', 'no keyboard is plugged in');
  };
  const { simulate } = handlersOn({ present: true, port: { apply } });
  await expect(simulate({ what: 'keyboard', text: 'a' }, context)).rejects.toThrow('no keyboard is plugged');
  expect(done).toEqual([]);
});

it('types nothing at a real board', async () => {
  const { simulate } = handlersOn(absent);
  for (const simulation of [{ what: 'keyboard', text: 'a' } as const, { what: 'mouse', x: 0, y: 0 } as const])
    await expect(simulate(simulation, context)).rejects.toMatchObject({ code: 'hardware_absent' });
  expect(done).toEqual([]);
});
