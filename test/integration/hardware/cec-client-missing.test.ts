import { NodeCecAdapter } from '@homeroom/hardware/cec/node-cec-adapter.ts';
import { startCecClient } from '@homeroom/hardware/cec/node-cec-client.ts';
import { systemClock } from '@homeroom/hardware/clock.ts';
import { expect, test } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';

test('a cec-client that cannot work is a fault of its adapter, not the end of the process', async () => {
  const faults: string[] = [];
  const adapter = new NodeCecAdapter({
    device: '/dev/no-such-port',
    name: 'ttyACM0',
    clock: systemClock,
    startClient: startCecClient,
    onFault: (fault) => faults.push(fault.message),
  });
  adapter.start(() => undefined);
  await waitFor('the fault', () => faults.length > 0);
  expect(faults[0]).toMatch(/^ttyACM0: cec-client ended with /);
  expect(await adapter.look()).toMatchObject({ power: 'error' });
  await adapter.stop();
});
