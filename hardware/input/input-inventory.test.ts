import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inventoryOf } from './input-inventory.ts';
import { parseProcInputDevices } from './proc-input-devices.ts';

function inventoryOfSample(name: string) {
  const text = readFileSync(new URL(`./samples/${name}.txt`, import.meta.url), 'utf8');
  return inventoryOf(parseProcInputDevices(text)).devices;
}

test('one receiver with a keyboard and a mouse is two entries, whatever else it claims to be', () => {
  const [keyboard, mouse] = inventoryOfSample('pi4');
  expect(keyboard).toEqual({
    id: 'usb-0000:01:00.0-1.2/keyboard',
    name: 'RGBMicroChip PANTEON T2 PRO RS Keyboard',
    kind: 'keyboard',
    bus: 'usb',
    usbId: '5566:0008',
  });
  expect(mouse).toEqual({
    id: 'usb-0000:01:00.0-1.2/mouse',
    name: 'RGBMicroChip PANTEON T2 PRO RS Mouse',
    kind: 'mouse',
    bus: 'usb',
    usbId: '5566:0008',
  });
});

test('the rest of a Pi: remote control, touch screen and Bluetooth mouse, but no sound jack', () => {
  expect(inventoryOfSample('pi4').slice(2)).toEqual([
    { id: 'vc4-hdmi-0/other', name: 'vc4-hdmi-0', kind: 'other', bus: 'built-in', usbId: null },
    {
      id: 'spi0.0/touchscreen',
      name: 'ADS7846 Touchscreen',
      kind: 'touchscreen',
      bus: 'built-in',
      usbId: null,
    },
    {
      id: '2c:cf:67:f3:4c:06/mouse',
      name: 'Logitech M720 Triathlon Multi-Device Mouse',
      kind: 'mouse',
      bus: 'bluetooth',
      usbId: null,
    },
  ]);
});

test('a panel that says it is direct is a touch screen', () => {
  expect(inventoryOfSample('pi5-panel').map(({ kind }) => kind)).toEqual(['touchscreen']);
});

test('a virtual machine has keyboards and pointing devices that tell places', () => {
  expect(inventoryOfSample('qemu-vm').map(({ id, kind }) => [id, kind])).toEqual([
    ['isa0060/serio0/keyboard', 'keyboard'],
    ['vivid-000-vid-cap0/other', 'other'],
    ['vivid-000-vid-out0/other', 'other'],
    ['usb-0000:00:04.0-1/keyboard', 'keyboard'],
    ['usb-0000:00:04.0-2/mouse', 'mouse'],
    ['usb-0000:00:04.0-3/mouse', 'mouse'],
    ['isa0060/serio1/mouse', 'mouse'],
  ]);
});

test.each([
  ['a gamepad', 'KEY=7cdb000000000000 0 0 0 0', 'gamepad'],
  ['a pen tablet', 'KEY=1c03 0 0 0 0 0', 'tablet'],
  ['a touch pad', 'KEY=e520 10000 0 0 0 0', 'mouse'],
  ['a row of media keys', 'KEY=c000000000000 0', 'other'],
])('%s is told by its keys', (_name, keys, kind) => {
  const text = `I: Bus=0003 Vendor=0001 Product=0002 Version=0003\nN: Name="x"\nP: Phys=usb-1/input0\nB: PROP=5\nB: EV=b\nB: ${keys}\nB: ABS=3\n`;
  expect(inventoryOf(parseProcInputDevices(text)).devices.map((device) => device.kind)).toEqual([kind]);
});

test('an empty or foreign text is no device', () => {
  expect(inventoryOf(parseProcInputDevices(''))).toEqual({ devices: [] });
  expect(inventoryOf(parseProcInputDevices('no such\nfile\n\n'))).toEqual({ devices: [] });
});

test('a device without a name or a place still has both fields filled', () => {
  const text = 'I: Bus=0006 Vendor=0000 Product=0000 Version=0000\nN: Name=""\nP: Phys=\nB: EV=3\nB: KEY=1\n';
  expect(inventoryOf(parseProcInputDevices(text)).devices).toEqual([
    { id: 'unnamed/other', name: 'Unnamed device', kind: 'other', bus: 'virtual', usbId: null },
  ]);
});
