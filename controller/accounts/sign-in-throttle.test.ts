import { beforeEach, expect, it } from 'vitest';
import { SignInThrottle } from './sign-in-throttle.ts';

let nowMs = 0;
let throttle: SignInThrottle;
beforeEach(() => {
  nowMs = 1_000_000;
  throttle = new SignInThrottle(() => nowMs);
});

const attempt = (username: string, address: string | null = '192.0.2.1', deviceId: string | null = null) => ({
  username,
  address,
  deviceId,
});

function fail(times: number, username: string, address?: string): void {
  for (let each = 0; each < times; each += 1) expect(throttle.begin(attempt(username, address))).toBe(0);
}

it('lets ten wrong passwords pass, then one per half minute', () => {
  fail(10, 'ana');
  expect(throttle.begin(attempt('ana'))).toBe(30_000);
  nowMs += 29_999;
  expect(throttle.begin(attempt('ana'))).toBe(1);
  nowMs += 1;
  fail(1, 'ana');
  expect(throttle.begin(attempt('ana'))).toBe(30_000);
});

it('counts wrong passwords for one account from many addresses', () => {
  for (let each = 0; each < 60; each += 1) fail(1, 'ana', `192.0.2.${each}`);
  expect(throttle.begin(attempt('ana', '192.0.2.99'))).toBeGreaterThan(0);
});

it('does not lock an account out elsewhere', () => {
  fail(10, 'teacher', '192.0.2.66');
  expect(throttle.begin(attempt('teacher', '192.0.2.66'))).toBeGreaterThan(0);
  expect(throttle.begin(attempt('teacher', '192.0.2.1'))).toBe(0);
});

it('tells kiosks behind one address apart', () => {
  for (let each = 0; each < 10; each += 1) throttle.begin(attempt('teacher', '192.0.2.1', 'seat-1'));
  expect(throttle.begin(attempt('teacher', '192.0.2.1', 'seat-1'))).toBeGreaterThan(0);
  expect(throttle.begin(attempt('teacher', '192.0.2.1', 'seat-2'))).toBe(0);
});

it('does not lock others out behind the same address', () => {
  fail(10, 'ana');
  expect(throttle.begin(attempt('ben'))).toBe(0);
});

it('lets a whole class behind one address mistype six times each', () => {
  for (let pupil = 0; pupil < 30; pupil += 1) fail(6, `pupil${pupil}`);
});

it('stops an address that tries account after account', () => {
  for (let each = 0; each < 200; each += 1) fail(1, `user${each}`);
  expect(throttle.begin(attempt('another'))).toBe(1_000);
});

it('forgets the failures of an account that signs in', () => {
  fail(9, 'ana');
  expect(throttle.begin(attempt('ana'))).toBe(0);
  throttle.succeed(attempt('ana'));
  fail(10, 'ana');
});

it('does not count successes against the address', () => {
  for (let each = 0; each < 1_000; each += 1) {
    expect(throttle.begin(attempt(`user${each}`))).toBe(0);
    throttle.succeed(attempt(`user${each}`));
  }
});

it('throttles an account whose address nobody can tell', () => {
  for (let each = 0; each < 10; each += 1) throttle.begin(attempt('ana', null));
  expect(throttle.begin(attempt('ana', null))).toBeGreaterThan(0);
});
