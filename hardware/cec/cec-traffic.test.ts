import { expect, test } from 'vitest';
import { readSample } from '../testing/read-sample.ts';
import { formatPhysicalAddress, parseCecTraffic } from './cec-traffic.ts';

test('reads the traffic of cec-client', () => {
  const lines = readSample(import.meta.url, 'cec-client-traffic.txt')
    .trim()
    .split('\n');
  expect(lines.map(parseCecTraffic)).toEqual([
    { direction: 'in', from: 0, to: 15, opcode: 0x32, operands: [0x70, 0x6f, 0x72] },
    { direction: 'out', from: 1, to: 0, opcode: 0x8f, operands: [] },
    { direction: 'out', from: 1, to: 0, opcode: 0x8f, operands: [] },
    { direction: 'in', from: 0, to: 1, opcode: 0x90, operands: [0] },
    { direction: 'out', from: 1, to: 15, opcode: 0x84, operands: [0x10, 0, 0, 0] },
    { direction: 'in', from: 0, to: 15, opcode: 0x87, operands: [0, 0xe0, 0x91] },
    { direction: 'out', from: 1, to: 0, opcode: 0x36, operands: [] },
    undefined,
  ]);
});

test('a poll has no opcode', () => {
  expect(parseCecTraffic('TRAFFIC: [   417]\t<< 40')).toMatchObject({ opcode: undefined, operands: [] });
});

test('a physical address is four digits of four bits', () => {
  expect(formatPhysicalAddress([0x12, 0x30])).toBe('1.2.3.0');
});
