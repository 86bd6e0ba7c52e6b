import { expect, test } from 'vitest';
import {
  parseDefaultRoute,
  parseFirstNumber,
  parseMemory,
  parseSignal,
  parseUnwrittenMiB,
} from './proc-figures.ts';

const route = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
`;
const wireless = `Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE
 face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22
 wlan0: 0000   54.  -56.  -256        0      0      0      0      0        0
`;

test('memory is told in MiB, and available counts caches as free', () => {
  const meminfo = 'MemTotal:        3884632 kB\nMemFree:          210000 kB\nMemAvailable:    2929664 kB\n';
  expect(parseMemory(meminfo)).toEqual({ totalMiB: 3884632 / 1024, freeMiB: 2861 });
  expect(parseMemory('')).toEqual({ totalMiB: 0, freeMiB: 0 });
});

test('what is due to be written and what is being written are unwritten, temporary pages of writing are not', () => {
  const meminfo = 'Dirty:             20480 kB\nWriteback:         10240 kB\nWritebackTmp:       4096 kB\n';
  expect(parseUnwrittenMiB(meminfo)).toBe(30);
  expect(parseUnwrittenMiB('MemTotal: 1 kB\n')).toBeNull();
  expect(parseUnwrittenMiB(undefined)).toBeNull();
});

test('the first number of uptime and load', () => {
  expect(parseFirstNumber('2591.98 5079.10')).toBe(2591.98);
  expect(parseFirstNumber('0.20 0.18 0.05 1/183 12345')).toBe(0.2);
  expect(parseFirstNumber('')).toBeNull();
});

test('the cheapest way out is the link', () => {
  expect(parseDefaultRoute(route)).toBe('eth0');
  expect(parseDefaultRoute(route.split('\n').slice(0, 2).join('\n'))).toBe('wlan0');
  expect(parseDefaultRoute(`${route.split('\n')[0]}\n`)).toBeNull();
  expect(parseDefaultRoute('')).toBeNull();
});

test('the signal of a wireless link in dBm', () => {
  expect(parseSignal(wireless, 'wlan0')).toBe(-56);
  expect(parseSignal(wireless, 'wlan1')).toBeNull();
  expect(parseSignal('', 'wlan0')).toBeNull();
});
