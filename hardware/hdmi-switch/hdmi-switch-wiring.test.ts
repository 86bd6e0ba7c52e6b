import { expect, test } from 'vitest';
import { parseHdmiSwitch } from './hdmi-switch-wiring.ts';

test.each([
  [
    'Matrix=/dev/ttyUSB0:9600:extron',
    { name: 'Matrix', kind: 'serial', path: '/dev/ttyUSB0', baud: 9600, protocol: 'extron' },
  ],
  [
    // As udev names adapters by their place.
    'Wall = /dev/serial/by-path/pci-0:1.2:1.0-port0:115200:SW{in}{out}\\r',
    {
      ...{ name: 'Wall', kind: 'serial', path: '/dev/serial/by-path/pci-0:1.2:1.0-port0' },
      ...{ baud: 115_200, protocol: 'SW{in}{out}\\r' },
    },
  ],
  [
    'Hall=tcp://matrix.school:23:OUT{out:2}FR{in:2}\\r\\n',
    { name: 'Hall', kind: 'tcp', host: 'matrix.school', port: 23, protocol: 'OUT{out:2}FR{in:2}\\r\\n' },
  ],
  ['Beamer=relays:0+3', { name: 'Beamer', kind: 'relays', channels: [0, 3] }],
])('reads %s', (text, wiring) => {
  expect(parseHdmiSwitch(text.replace(' = ', '='))).toEqual(wiring);
});

test.each([
  'Matrix',
  '=relays:1',
  'cec=relays:1',
  'Matrix=/dev/ttyUSB0',
  'Matrix=/dev/ttyUSB0:9600:nonsense',
  'Matrix=ttyUSB0:9600:extron',
  'Matrix=tcp://host:99999:extron',
  'Matrix=relays:',
  'Matrix=relays:one',
])('refuses %s', (text) => {
  expect(parseHdmiSwitch(text)).toBeUndefined();
});
