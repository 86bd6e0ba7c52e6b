import { expect, test } from 'vitest';
import { readSample } from '../testing/read-sample.ts';
import { parseCecMonitorLine } from './cec-monitor-line.ts';

test('a recorded evening: news are what is told to all, never our own questions and their answers', () => {
  const lines = readSample(import.meta.url, 'monitor.txt').split('\n');
  const news = lines.filter((line) => parseCecMonitorLine(line).kind === 'news');
  expect(news).toEqual([
    'Initial Event: State Change: PA: 1.0.0.0, LA mask: 0x0010, Conn Info: no',
    'Received from TV to all (0 to 15): REPORT_POWER_STATUS (0x90):',
    'Received from TV to all (0 to 15): REPORT_POWER_STATUS (0x90):',
    'Received from TV to all (0 to 15): STANDBY (0x36)',
    'Event: State Change: PA: 1.0.0.0, LA mask: 0x0000, Conn Info: no',
  ]);
});

test('a change of the source is told in two lines', () => {
  expect(parseCecMonitorLine('Received from TV to all (0 to 15): ACTIVE_SOURCE (0x82):')).toEqual({
    kind: 'source-change',
  });
  expect(parseCecMonitorLine('\tphys-addr: 2.0.0.0')).toEqual({
    kind: 'address',
    physicalAddress: '2.0.0.0',
  });
});

test('an answer to us alone is no news', () => {
  const line = 'Received from TV to Playback Device 1 (0 to 4): REPORT_POWER_STATUS (0x90):';
  expect(parseCecMonitorLine(line)).toEqual({ kind: 'other' });
});
