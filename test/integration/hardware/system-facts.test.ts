import { systemClock } from '@homeroom/hardware/clock.ts';
import { SystemFacts } from '@homeroom/hardware/health/system-facts.ts';
import { SpawnedCommands } from '@homeroom/hardware/process/spawned-commands.ts';
import { expect, test } from 'vitest';

test('systeminformation tells of this machine in a process of its own', async () => {
  const faults: Error[] = [];
  const facts = new SystemFacts({
    commands: new SpawnedCommands({ PATH: process.env.PATH }, systemClock),
    clock: systemClock,
    onFault: (fault) => faults.push(fault),
  });
  const model = await facts.model();
  expect(faults).toEqual([]);
  expect(model === undefined || model.length > 0).toBe(true);
});
