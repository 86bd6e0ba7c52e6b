import { beforeEach, describe, expect, it } from 'vitest';
import { PowerStrip } from './power-strip.ts';
import type { Socket } from './strip-files.ts';

const since = '2030-01-01T07:00:00.000Z';
const now = new Date('2030-01-01T08:00:00.000Z');
const off = { id: 'command-1', issuedAt: now.toISOString(), ttlMs: 5_000, channel: 1, on: false };
let switched: string[];
let kept: (readonly Socket[])[];
let due: { delayMs: number; run: () => void }[];
beforeEach(() => {
  [switched, kept, due] = [[], [], []];
});

function twoSockets(): PowerStrip {
  return new PowerStrip({
    loads: [0, 1].map((channel) => ({ set: async (on) => void switched.push(`${channel} ${on}`) })),
    sockets: [
      { on: true, since },
      { on: true, since },
    ],
    keep: (sockets) => kept.push(sockets),
    now: () => now,
    after: (delayMs, run) => due.push({ delayMs, run }),
  });
}

describe('PowerStrip', () => {
  it('cuts what hangs on a socket, keeps that, and tells it', () => {
    const strip = twoSockets();
    let told = 0;
    strip.onChange(() => {
      told += 1;
    });
    expect(strip.receive(off, false)).toBeUndefined();
    const channels = [
      { on: true, since },
      { on: false, since: now.toISOString() },
    ];
    expect(strip.state).toEqual({ online: true, channels });
    expect([switched, kept, told]).toEqual([['1 false'], [channels], 1]);
  });

  it('does nothing for a socket that is so already', () => {
    const strip = twoSockets();
    expect(strip.receive({ ...off, on: true }, false)).toBeUndefined();
    expect([switched, kept, strip.isOn(1)]).toEqual([[], [], true]);
  });

  it('drops what the broker replays, and leaves the socket', () => {
    const strip = twoSockets();
    expect(strip.receive(off, true)).toBe('retained');
    expect(strip.isOn(1)).toBe(true);
  });

  it('switches back by itself after a pulse', () => {
    const strip = twoSockets();
    strip.receive({ ...off, pulseMs: 300 }, false);
    expect([strip.isOn(1), due[0]?.delayMs]).toEqual([false, 300]);
    due[0]?.run();
    expect([strip.isOn(1), switched]).toEqual([true, ['1 false', '1 true']]);
  });
});
