import { expect, it } from 'vitest';
import { fitSighting, type Sighting } from './sighting.ts';

const sighting: Sighting = {
  kind: 'foreign',
  provider: 'simulated',
  subject: 'vm-1',
  reason: 'Of no record.',
  mend: 'Nothing.',
  graceMs: null,
};

it('leaves what fits as it is', () => {
  expect(fitSighting(sighting)).toEqual(sighting);
});

it('cuts what an outside system makes too long, and leaves out what no text may hold', () => {
  const { subject, reason } = fitSighting({ ...sighting, subject: 'x'.repeat(5_000), reason: 'a\0b\ud800' });
  expect(subject).toBe(`${'x'.repeat(199)}…`);
  expect(reason).toBe('ab\ufffd');
});

it('gives a name to what has none', () => {
  expect(fitSighting({ ...sighting, subject: '' }).subject).toBe('(no name)');
});
