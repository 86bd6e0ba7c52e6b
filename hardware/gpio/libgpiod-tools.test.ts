import { expect, test } from 'vitest';
import { readSample } from '../testing/read-sample.ts';
import { gpiosetArgs, isHeldByUs, parseHeaderChip, parseLibgpiodVersion } from './libgpiod-tools.ts';

const sample = (name: string) => readSample(import.meta.url, `${name}.txt`);

test.each([
  ['gpioset (libgpiod) v1.6.3\nCopyright (C) 2017-2018 Bartosz Golaszewski\n', 1],
  ['gpioset (libgpiod) v2.2.1\n', 2],
  ['gpioset (libgpiod) v3.0\n', undefined],
  ['', undefined],
])('%j is version %s', (text, version) => {
  expect(parseLibgpiodVersion(text)).toBe(version);
});

test('the header of a Pi 5 is found among its other chips', () => {
  expect(parseHeaderChip(sample('gpiodetect-pi5'))).toEqual({ chip: 'gpiochip0', lineCount: 54 });
});

test('a machine without a header has none', () => {
  expect(parseHeaderChip('gpiochip0 [INT34C5:00] (463 lines)\n')).toBeUndefined();
  expect(parseHeaderChip('')).toBeUndefined();
});

test('both versions hold a line, each with its own options', () => {
  const line = { chip: 'gpiochip0', line: 17, activeLow: true, active: true };
  expect(gpiosetArgs(1, line)).toEqual(['--mode=signal', '--active-low', 'gpiochip0', '17=1']);
  expect(gpiosetArgs(2, { ...line, activeLow: false, active: false })).toEqual([
    '--consumer',
    'homeroom',
    '--chip',
    'gpiochip0',
    '17=0',
  ]);
});

test('a line is ours only if our holder has it', () => {
  const first = sample('gpioinfo-v1-pi5');
  expect(isHeldByUs(1, first, 1)).toBe(false);
  expect(isHeldByUs(1, first, 17)).toBe(false);
  expect(isHeldByUs(1, '\tline  17:   "GPIO17"    "gpioset"  output  active-low [used]', 17)).toBe(true);
  const second = sample('gpioinfo-v2-pi500');
  expect(isHeldByUs(2, second, 7)).toBe(false);
  expect(isHeldByUs(2, second, 17)).toBe(false);
  expect(isHeldByUs(2, '\tline  17:\t"GPIO17"        \toutput active-low consumer="homeroom"', 17)).toBe(
    true,
  );
});

test('line 1 is not line 17', () => {
  expect(isHeldByUs(1, '\tline  17: "GPIO17" "gpioset" output active-high [used]', 1)).toBe(false);
});
