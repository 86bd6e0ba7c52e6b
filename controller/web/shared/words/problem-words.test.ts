import { errors } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { problemWords, sentence } from './problem-words.ts';

/** As the API answers, with the catalogue's own words. */
const problem = (code: keyof typeof errors, more: object = {}) => ({ code, ...errors[code], ...more });

test('a wrong field is told by what it takes, never in a validator’s words', () => {
  const refused = problem('request_invalid', {
    detail: 'name: Invalid length: Expected >=1 but received 0',
    errors: [{ field: 'name', message: 'Invalid length: Expected >=1 but received 0' }],
  });
  expect(problemWords(refused)).toEqual({
    title: 'That cannot be saved like this.',
    remedy: 'A name has 1 to 200 characters.',
  });
});

test('a field that is not known asks to look at what was typed', () => {
  const refused = problem('request_invalid', { errors: [{ field: 'x', message: 'Invalid key' }] });
  expect(problemWords(refused).remedy).toBe('Check what you typed.');
});

test('no remedy of what a person meets speaks of fields, headers or bearer tokens', () => {
  const codes = [
    'request_invalid',
    'sign_in_required',
    'sign_in_throttled',
    'sign_in_failed',
    'not_allowed',
    'not_found',
    'rate_limited',
    'internal',
    'database_unavailable',
    'broker_unavailable',
    'seat_taken',
    'device_offline',
    'kiosk_url_not_allowed',
    'kiosk_load_failed',
    'hardware_failed',
    'desktop_failed',
    'provider_failed',
    'session_not_ready',
    'command_timeout',
  ] as const;
  for (const code of codes) {
    const { title, remedy } = problemWords(problem(code, { detail: errors[code].title }));
    expect(`${title} ${remedy}`, code).not.toMatch(/`|detail|bearer|readyz|Retry-After|instance|errors/i);
  }
});

test('what happened this time is a sentence before what to do', () => {
  expect(problemWords(problem('seat_taken', { detail: 'Seat 2 is ada’s' })).remedy).toBe(
    'Seat 2 is ada’s. Choose another seat, or end that session first.',
  );
  expect(problemWords(problem('hardware_failed', { detail: 'the television did not answer' })).remedy).toBe(
    'The television did not answer. Check its cable and its power.',
  );
});

test('an answer without a problem document is told too', () => {
  expect(problemWords({})).toEqual({ title: 'Something went wrong.', remedy: undefined });
});

test('an address is not written with a capital letter', () => {
  expect(sentence('https://example.com may not be shown here')).toBe(
    'https://example.com may not be shown here.',
  );
  expect(sentence('net::ERR_NAME_NOT_RESOLVED')).toBe('net::ERR_NAME_NOT_RESOLVED.');
});
