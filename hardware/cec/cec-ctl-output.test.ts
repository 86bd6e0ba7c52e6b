import { expect, test } from 'vitest';
import { readSample } from '../testing/read-sample.ts';
import { isNotAcknowledged, parseAdapterInfo, parsePowerReply, parseTelevision } from './cec-ctl-output.ts';

const sample = (name: string) => readSample(import.meta.url, `${name}.txt`);

test('an adapter that has its place on the bus', () => {
  expect(parseAdapterInfo(sample('claimed'))).toEqual({
    driver: 'vivid',
    adapter: 'vivid-000-vid-out0',
    physicalAddress: '1.0.0.0',
    isClaimed: true,
    connector: null,
  });
});

test('an adapter that nobody has claimed', () => {
  expect(parseAdapterInfo(sample('unclaimed'))).toMatchObject({
    physicalAddress: '1.0.0.0',
    isClaimed: false,
  });
});

test('a Pi tells the connector, also behind an audio receiver', () => {
  expect(parseAdapterInfo(sample('pi4-claimed'))).toEqual({
    driver: 'vc4_hdmi',
    adapter: 'vc4-hdmi-0',
    physicalAddress: '1.2.0.0',
    isClaimed: true,
    connector: { card: 1, id: 32 },
  });
});

test('f.f.f.f is no link', () => {
  expect(parseAdapterInfo(sample('pi4-no-link'))).toMatchObject({ physicalAddress: null, isClaimed: false });
});

test('a text without a driver part tells nothing', () => {
  expect(parseAdapterInfo(sample('unconfigured'))).toBeUndefined();
  expect(parseAdapterInfo('')).toBeUndefined();
});

test.each([
  ['power-on', 'on'],
  ['power-to-standby', 'transitioning'],
  ['power-nack', 'no-peer'],
  ['unconfigured', 'unknown'],
  ['television', 'on'],
] as const)('the power in %s is %s', (name, power) => {
  expect(parsePowerReply(sample(name))).toBe(power);
});

test.each([
  ['\tpwr-state: standby (0x01)', 'standby'],
  ['\tpwr-state: to-on (0x02)', 'transitioning'],
  ['\tTx, OK, Rx, Timeout', 'unknown'],
  ['', 'unknown'],
] as const)('"%s" is %s', (text, power) => {
  expect(parsePowerReply(text)).toBe(power);
});

test('only a message that nobody took is not acknowledged', () => {
  expect(isNotAcknowledged(sample('power-nack'))).toBe(true);
  expect(isNotAcknowledged(sample('power-on'))).toBe(false);
});

test('a television tells its maker and its name', () => {
  expect(parseTelevision(sample('television'))).toEqual({ vendor: 'LG', name: 'Test TV' });
});

test('an unknown maker is told by its number, a silent television by nothing', () => {
  expect(parseTelevision('\tvendor-id: 0x123456 (Unknown)\n')).toEqual({ vendor: '0x123456', name: null });
  expect(parseTelevision('\tvendor-id: 0x00f0a1\n\tname: \n')).toEqual({ vendor: '0x00f0a1', name: null });
  expect(parseTelevision(sample('power-on'))).toEqual({ vendor: null, name: null });
});
