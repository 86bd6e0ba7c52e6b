import type { StreamTicket } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { ApiError } from '../shared/api/api-error.ts';
import { keepConnected } from './connection.ts';
import type { ScreenEvents } from './screen.ts';

type Attempt = { refuse: string } | { close: string; paints?: boolean };

/** Plays the attempts in turn; each is a refused ticket or a stream that closes with a reason. */
async function play(attempts: readonly Attempt[]) {
  const seen: string[] = [];
  const pausesMs: number[] = [];
  const left = [...attempts];
  const ticket: StreamTicket = { ticket: 't', url: '/s', expiresAt: '2026-03-02T10:00:00.000Z' };
  const open = async (_ticket: StreamTicket, events: ScreenEvents) => {
    const attempt = left.shift();
    if (!attempt || !('close' in attempt)) throw new Error('no stream was expected');
    if (attempt.paints) events.painted();
    const ignore = (): void => undefined;
    return {
      focus: ignore,
      paste: ignore,
      press: ignore,
      close: ignore,
      closed: Promise.resolve(attempt.close),
    };
  };
  await keepConnected(
    {
      requestTicket: async () => {
        const [next] = left;
        if (next && 'refuse' in next) {
          left.shift();
          throw new ApiError({ code: next.refuse, status: 409 });
        }
        return ticket;
      },
      open,
      pause: async (delayMs) => void pausesMs.push(delayMs),
      chance: () => 1,
      signal: AbortSignal.any([]),
    },
    {
      connected: () => seen.push('connected'),
      painted: () => seen.push('painted'),
      copied: () => undefined,
      broke: (step) => seen.push(step.what),
    },
  );
  return { seen, pausesMs };
}

test('a broken stream is opened again until the session has ended', async () => {
  const { seen } = await play([{ close: '', paints: true }, { close: 'session_ended' }]);
  expect(seen).toEqual(['painted', 'retry', 'ended']);
});

test('waits grow while nothing is seen, and start afresh after a picture', async () => {
  const { pausesMs } = await play([
    { close: 'stream_unreachable' },
    { close: 'stream_unreachable' },
    { close: 'stream_closed', paints: true },
    { refuse: 'not_found' },
  ]);
  expect(pausesMs).toEqual([500, 1000, 500]);
});

test('a session without a desktop is waited for', async () => {
  const { seen } = await play([{ refuse: 'session_not_ready' }, { refuse: 'sign_in_required' }]);
  expect(seen).toEqual(['wait', 'sign-in']);
});
