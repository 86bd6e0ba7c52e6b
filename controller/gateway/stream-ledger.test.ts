import { HomeroomError } from '@homeroom/protocol';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { StreamLedger } from './stream-ledger.ts';

const logger = pino({ level: 'silent' });
const down = async () => {
  throw new HomeroomError('database_unavailable');
};

describe('StreamLedger', () => {
  it('tells a closing for each opening', async () => {
    const told: string[] = [];
    const ledger = new StreamLedger(
      {
        streamOpened: async (id) => void told.push(`opened ${id}`),
        streamClosed: async (id) => void told.push(`closed ${id}`),
      },
      logger,
    );
    const [first, second] = [await ledger.open('a'), await ledger.open('a')];
    first();
    second();
    await ledger.stop();
    expect(told).toEqual(['opened a', 'opened a', 'closed a', 'closed a']);
  });

  it('tells no closing of what could not be opened', async () => {
    const told: string[] = [];
    const ledger = new StreamLedger(
      { streamOpened: down, streamClosed: async (id) => void told.push(id) },
      logger,
    );
    await expect(ledger.open('a')).rejects.toThrow(/database_unavailable/);
    await ledger.stop();
    expect(told).toEqual([]);
  });

  it('gives up when the controller stops, after one more try', async () => {
    let tries = 0;
    const streamClosed = async () => {
      tries += 1;
      return down();
    };
    const ledger = new StreamLedger({ streamOpened: async () => undefined, streamClosed }, logger);
    (await ledger.open('a'))();
    // The first try has failed, and the ledger waits for the next.
    await new Promise((resolve) => setImmediate(resolve));
    await ledger.stop();
    expect(tries).toBe(2);
  });
});
