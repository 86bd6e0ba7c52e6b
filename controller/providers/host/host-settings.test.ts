import { expect, it } from 'vitest';
import { parseHostSettings } from './host-settings.ts';

it('fills in what a template leaves out', () => {
  expect(parseHostSettings({})).toEqual({ application: null, width: 1280, height: 720, memoryMiB: null });
});

it('takes what a template says', () => {
  const settings = { application: 'chromium', width: 1920, height: 1080, memoryMiB: 1024 };
  expect(parseHostSettings(settings)).toEqual(settings);
});

it.each([
  [{ width: '1280' }, /width/],
  [{ height: 10 }, /height/],
  [{ memory: 5 }, /memory/],
  [{ application: '' }, /application/],
  ['chromium', /settings are wrong/],
])('names what is wrong with %o', (settings, message) => {
  expect(() => parseHostSettings(settings)).toThrow(message);
});
