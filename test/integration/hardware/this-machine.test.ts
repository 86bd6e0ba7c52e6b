import { openBoard } from '@homeroom/hardware';
import { decodeValue, health, isDeviceId } from '@homeroom/protocol';
import { expect, test } from 'vitest';

test('the machine that runs this test is read without a throw, whatever it has', async () => {
  const board = await openBoard({ kind: 'linux', environment: process.env });
  await board.start();
  const [first, again] = await Promise.all([board.identity.read(), board.identity.read()]);
  expect(isDeviceId(first.deviceId)).toBe(true);
  expect(again).toEqual(first);
  expect(first.info.model).not.toBe('');
  const figures = await board.health.read();
  expect(decodeValue(health, figures)).toMatchObject({ ok: true });
  expect(figures.memoryTotalMiB).toBeGreaterThan(figures.memoryFreeMiB);
  for (const part of [board.hdmi, board.cec, board.input, board.relays, board.screen, board.reboot])
    if (!part.present) expect(part.reason).not.toBe('');
  for (const part of [board.hdmi, board.cec, board.input, board.relays])
    if (part.present) expect(await part.port.read()).toBeTypeOf('object');
  await board.stop();
});
