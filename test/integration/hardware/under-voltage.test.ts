import { join } from 'node:path';
import { UnderVoltage } from '@homeroom/hardware/health/under-voltage.ts';
import { ManualClock } from '@homeroom/hardware/testing/manual-clock.ts';
import { pi4Tree } from '@homeroom/hardware/testing/pi4-tree.ts';
import { type Tree, writeTree } from '@homeroom/hardware/testing/write-tree.ts';
import { expect, test } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';

const alarm = 'sys/class/hwmon/hwmon1/in0_lcrit_alarm';
const bootId = 'proc/sys/kernel/random/boot_id';

async function started(tree: Tree) {
  const clock = new ManualClock();
  const faults: Error[] = [];
  const underVoltage = new UnderVoltage({
    rootDir: tree.dir,
    file: join(tree.dir, 'data/under-voltage'),
    clock,
    onFault: (fault) => faults.push(fault),
  });
  await underVoltage.start();
  return { clock, faults, underVoltage };
}

test('a dip of two seconds is remembered until the machine restarts, also by the next agent', async () => {
  await using pi = await writeTree(pi4Tree());
  const { clock, underVoltage } = await started(pi);
  expect(underVoltage.latched).toBe(false);
  await pi.write({ [alarm]: '1\n' });
  await clock.advance(2_000);
  await waitFor('the alarm', () => underVoltage.latched === true);
  await pi.write({ [alarm]: '0\n' });
  await waitFor('the note', async () => {
    const next = await started(pi);
    next.underVoltage.stop();
    return next.underVoltage.latched === true;
  });
  await pi.write({ [bootId]: '2b0c4fd0-6c79-4b0e-a2a1-b5d3c0f0a002\n' });
  const rebooted = await started(pi);
  expect(rebooted.underVoltage.latched).toBe(false);
  rebooted.underVoltage.stop();
});

test('a machine without the sensor cannot tell', async () => {
  await using root = await writeTree({ 'sys/class/hwmon/hwmon0/name': 'coretemp\n' });
  const { underVoltage } = await started(root);
  expect(underVoltage.latched).toBeNull();
});

test('a note that cannot be written is a fault, and the figure still right', async () => {
  await using pi = await writeTree({
    ...pi4Tree(),
    [alarm]: '1\n',
    data: 'a file where the folder should be',
  });
  const { faults, underVoltage } = await started(pi);
  expect(underVoltage.latched).toBe(true);
  expect(faults).toHaveLength(1);
});
