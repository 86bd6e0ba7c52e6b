/** Files that behave as the kernel's input devices do for a reader that does not wait: named pipes. */
import { execFileSync } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { InputUse } from '@homeroom/hardware/input/input-use.ts';
import { openInput } from '@homeroom/hardware/input/open-input.ts';
import { ManualClock } from '@homeroom/hardware/testing/manual-clock.ts';
import { ScriptedCommands } from '@homeroom/hardware/testing/scripted-commands.ts';
import { writeTree } from '@homeroom/hardware/testing/write-tree.ts';
import { expect, test } from 'vitest';

const keyStroke = Buffer.alloc(24, 1);

/** A folder with devices; `press` lets a key be pressed on one. */
async function desk(nodes: readonly string[], tree: Record<string, string> = {}) {
  const root = await writeTree({ 'dev/input/readme': '', ...tree });
  const folder = join(root.dir, 'dev/input');
  for (const node of nodes) execFileSync('mkfifo', [join(folder, node)]);
  const press = async (node: string) => {
    const file = await open(join(folder, node), 'r+');
    await file.write(keyStroke);
    return file;
  };
  return { root, folder, press };
}

test('tells that a device is used, and nothing before or without it', async () => {
  const { root, folder, press } = await desk(['event0', 'event1']);
  await using _ = root;
  const clock = new ManualClock();
  const use = new InputUse({ folder, clock });
  expect(await use.look(['event0', 'event1'])).toBeUndefined();
  await using _pressed = await press('event1');
  expect(await use.look(['event0', 'event1'])).toEqual(clock.now());
  const first = clock.now();
  await clock.advance(60_000);
  expect(await use.look(['event0', 'event1'])).toEqual(first);
  use.stop();
});

test('tells it every half minute at most', async () => {
  const { root, folder, press } = await desk(['event0']);
  await using _ = root;
  const clock = new ManualClock();
  const use = new InputUse({ folder, clock });
  await use.look(['event0']);
  await using _first = await press('event0');
  const told = await use.look(['event0']);
  await clock.advance(20_000);
  await using _second = await press('event0');
  expect(await use.look(['event0'])).toEqual(told);
  await clock.advance(10_000);
  await using _third = await press('event0');
  expect(await use.look(['event0'])).toEqual(clock.now());
  use.stop();
});

test('knows nothing of a device that is gone or not to be read', async () => {
  const { root, folder } = await desk([]);
  await using _ = root;
  const use = new InputUse({ folder, clock: new ManualClock() });
  expect(await use.look(['event7'])).toBeUndefined();
  use.stop();
});

test('the inventory of a machine tells when its keyboard was used, and not when its power button was', async () => {
  const keyboard = `I: Bus=0003 Vendor=046d Product=c31c Version=0110
N: Name="Keyboard"
P: Phys=usb-1/input0
H: Handlers=sysrq kbd event0 leds
B: EV=120013
B: KEY=1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe`;
  const button = `I: Bus=0019 Vendor=0000 Product=0001 Version=0000
N: Name="Power Button"
P: Phys=PNP0C0C/button/input0
H: Handlers=kbd event1
B: EV=3
B: KEY=10000000000000 0`;
  const devices = `${keyboard}\n\n${button}\n\n`;
  const { root, press } = await desk(['event0', 'event1'], { 'proc/bus/input/devices': devices });
  await using _ = root;
  const clock = new ManualClock();
  const context = { rootDir: root.dir, clock, commands: new ScriptedCommands(), onFault: () => undefined };
  const opened = await openInput(context, true);
  if (!opened.present) throw new Error(opened.reason);
  const { port } = opened;
  expect(await port.read()).not.toHaveProperty('lastUsedAt');
  await using _button = await press('event1');
  expect(await port.read()).not.toHaveProperty('lastUsedAt');
  await using _key = await press('event0');
  expect(await port.read()).toMatchObject({ lastUsedAt: clock.now().toISOString() });
  port.stop();
});
