import { pino } from 'pino';
import { expect, it } from 'vitest';
import { Shutdown } from './shutdown.ts';

it('stops the last part first, once, and goes on past one that fails', async () => {
  const stopped: string[] = [];
  const shutdown = new Shutdown(pino({ level: 'silent' }));
  shutdown.add('database', () => void stopped.push('database'));
  shutdown.add('broker', async () => {
    throw new Error('the broker does not want to');
  });
  shutdown.add('http', async () => void stopped.push('http'));
  await Promise.all([shutdown.run(), shutdown.run()]);
  await shutdown.run();
  expect(stopped).toEqual(['http', 'database']);
});
