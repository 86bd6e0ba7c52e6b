import type { SeatPower } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { overrideWords, powerState, relayWords } from './power-words.ts';

const power: SeatPower = {
  seat: 'seat',
  wanted: 'on',
  state: 'on',
  reason: 'The computer answers.',
  since: '2026-01-01T08:00:00.000Z',
  relay: { id: 'strip', channel: 3, on: true, online: true, since: null },
  override: null,
  waitsFor: null,
  fault: null,
};
const relay = (changed: object) =>
  relayWords({
    ...power,
    relay: { id: 'strip', channel: 3, on: true, online: true, since: null, ...changed },
  });

it('tells the state in a word, and a fault by its colour too', () => {
  expect(powerState(power)).toEqual({ words: 'on', tone: 'good' });
  expect(powerState({ ...power, state: 'unclear' })).toEqual({ words: 'unclear', tone: 'warn' });
  expect(powerState({ ...power, fault: 'It did not follow.' }).tone).toBe('bad');
});

it('tells what the relay says, that it says nothing, that it is away, or that there is none', () => {
  expect(relay({})).toBe('strip, channel 3: on');
  expect(relay({ on: false })).toBe('strip, channel 3: off');
  expect(relay({ on: null })).toBe('strip, channel 3: says nothing');
  expect(relay({ online: false })).toBe('strip, channel 3: away');
  expect(relayWords({ ...power, relay: null })).toBe('no relay');
});

it('tells who holds it', () => {
  const held = (by: 'person' | 'relay', who: string | null) =>
    overrideWords({ ...power, override: { on: false, by, who, until: null } });
  expect(overrideWords(power)).toBe('');
  expect(held('person', 'Ada')).toBe('held off by Ada');
  expect(held('person', null)).toBe('held off by somebody');
  expect(held('relay', null)).toBe('held off at the relay itself');
});
