import { expect, test } from 'vitest';
import { OnoffDriver } from './onoff-driver.ts';

/** A Pi 5, whose header begins at the global number 571. */
function pi5() {
  const seen: string[] = [];
  const driver = new OnoffDriver({ base: 571, lineCount: 54 }, (number, direction, { activeLow }) => {
    if (number === 571 + 9) throw new Error('EBUSY: resource busy or locked, write');
    seen.push(`open ${number} ${direction}${activeLow ? ' active-low' : ''}`);
    return {
      writeSync: (value) => void seen.push(`write ${value}`),
      unexport: () => void seen.push('unexport'),
    };
  });
  return { driver, seen };
}

test('a BCM number becomes the kernel’s global number', async () => {
  const { driver, seen } = pi5();
  await driver.open({ line: 17, activeLow: false });
  expect(seen).toEqual(['open 588 low']);
});

test('an active-low line starts at the level that keeps the relay open', async () => {
  const { driver, seen } = pi5();
  const output = await driver.open({ line: 17, activeLow: true });
  await output.set(true);
  expect(seen).toEqual(['open 588 high active-low', 'write 1']);
});

test('closing leaves the line inactive, once', async () => {
  const { driver, seen } = pi5();
  const output = await driver.open({ line: 4, activeLow: false });
  await output.close();
  await output.close();
  expect(seen).toEqual(['open 575 low', 'write 0', 'unexport']);
});

test('a line in use and a line that is not there have codes', async () => {
  const { driver } = pi5();
  await expect(driver.open({ line: 9, activeLow: false })).rejects.toMatchObject({ code: 'hardware_failed' });
  await expect(driver.open({ line: 54, activeLow: false })).rejects.toMatchObject({
    code: 'hardware_absent',
  });
});
