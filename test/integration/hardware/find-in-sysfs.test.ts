import { join } from 'node:path';
import { findCecConnector } from '@homeroom/hardware/cec/cec-connector.ts';
import { findUsbCecPorts } from '@homeroom/hardware/cec/usb-cec-ports.ts';
import { systemClock } from '@homeroom/hardware/clock.ts';
import { findGpioDriver } from '@homeroom/hardware/gpio/find-gpio-driver.ts';
import { findSysfsChip } from '@homeroom/hardware/gpio/sysfs-base.ts';
import { readTemperature } from '@homeroom/hardware/health/temperature.ts';
import { pi4Tree } from '@homeroom/hardware/testing/pi4-tree.ts';
import { ScriptedCommands } from '@homeroom/hardware/testing/scripted-commands.ts';
import { writeTree } from '@homeroom/hardware/testing/write-tree.ts';
import { expect, test } from 'vitest';

const pi5Gpio = {
  'sys/class/gpio/export': '',
  'sys/class/gpio/gpiochip512/label': 'gpio-brcmstb@107d508500\n',
  'sys/class/gpio/gpiochip512/base': '512\n',
  'sys/class/gpio/gpiochip512/ngpio': '32\n',
  'sys/class/gpio/gpiochip571/label': 'pinctrl-rp1\n',
  'sys/class/gpio/gpiochip571/base': '571\n',
  'sys/class/gpio/gpiochip571/ngpio': '54\n',
};

test('the header of a Pi 5 is at 571, behind other chips', async () => {
  await using root = await writeTree(pi5Gpio);
  expect(await findSysfsChip(join(root.dir, 'sys/class/gpio'))).toEqual({ base: 571, lineCount: 54 });
  expect(await findSysfsChip(join(root.dir, 'sys/class/nothing'))).toBeUndefined();
});

test('where libgpiod is missing onoff drives the lines; where its native part does not load there is a reason', async () => {
  await using root = await writeTree(pi5Gpio);
  const options = {
    wanted: 'auto',
    rootDir: root.dir,
    commands: new ScriptedCommands(),
    clock: systemClock,
  } as const;
  const line = { writeSync: () => undefined, unexport: () => undefined };
  expect(await findGpioDriver({ ...options, load: async () => () => line })).toMatchObject({ name: 'onoff' });
  const broken = async () => {
    throw new Error('NODE_MODULE_VERSION 115\nThis version requires 137');
  };
  expect(await findGpioDriver({ ...options, wanted: 'onoff', load: broken })).toBe(
    'onoff did not load: NODE_MODULE_VERSION 115',
  );
});

test('a CEC adapter’s connector is found by its id, else by the Pi’s names', async () => {
  await using pi = await writeTree(pi4Tree());
  const drmDir = join(pi.dir, 'sys/class/drm');
  const info = {
    driver: 'vc4_hdmi',
    adapter: 'vc4-hdmi-0',
    physicalAddress: null,
    isClaimed: false,
    connector: null,
  };
  expect(await findCecConnector(drmDir, { ...info, connector: { card: 1, id: 42 } })).toBe('HDMI-A-2');
  expect(await findCecConnector(drmDir, info)).toBe('HDMI-A-1');
  expect(await findCecConnector(drmDir, { ...info, adapter: 'serio0' })).toBeNull();
});

test('a USB CEC adapter is told from other serial ports by its ids', async () => {
  const usb = 'sys/devices/pci0000:00/usb1';
  await using root = await writeTree({
    [`${usb}/1-1/idVendor`]: '2548\n',
    [`${usb}/1-1/idProduct`]: '1002\n',
    [`${usb}/1-1/1-1:1.0/tty/ttyACM0/device`]: { link: '../..' },
    [`${usb}/1-2/idVendor`]: '2341\n',
    [`${usb}/1-2/idProduct`]: '0043\n',
    [`${usb}/1-2/1-2:1.0/tty/ttyACM1/device`]: { link: '../..' },
    'sys/class/tty/ttyACM0': { link: '../../devices/pci0000:00/usb1/1-1/1-1:1.0/tty/ttyACM0' },
    'sys/class/tty/ttyACM1': { link: '../../devices/pci0000:00/usb1/1-2/1-2:1.0/tty/ttyACM1' },
    'sys/class/tty/ttyACM2': 'no device behind it',
    'sys/class/tty/tty0': '',
  });
  expect(await findUsbCecPorts(join(root.dir, 'sys/class/tty'))).toEqual(['ttyACM0']);
});

test('the processor’s own temperature comes before others, and a PC’s chip stands in', async () => {
  await using root = await writeTree({
    'sys/class/thermal/thermal_zone0/type': 'acpitz\n',
    'sys/class/thermal/thermal_zone0/temp': '27800\n',
    'sys/class/thermal/thermal_zone1/type': 'x86_pkg_temp\n',
    'sys/class/thermal/thermal_zone1/temp': '61000\n',
  });
  expect(await readTemperature(join(root.dir, 'sys'))).toBe(61);
  await using pc = await writeTree({
    'sys/class/hwmon/hwmon0/name': 'nvme\n',
    'sys/class/hwmon/hwmon0/temp1_input': '30000\n',
    'sys/class/hwmon/hwmon1/name': 'k10temp\n',
    'sys/class/hwmon/hwmon1/temp1_input': '44125\n',
  });
  expect(await readTemperature(join(pc.dir, 'sys'))).toBe(44.1);
});
