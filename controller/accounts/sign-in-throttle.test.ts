import { beforeEach, expect, it } from 'vitest';
import { SignInThrottle } from './sign-in-throttle.ts';

let nowMs = 0;
let throttle: SignInThrottle;
beforeEach(() => {
  nowMs = 1_000_000;
  throttle = new SignInThrottle(() => nowMs);
});

const atOnce = { isAdmitted: true, delayMs: 0 };
const attempt = (username: string, address: string | null = '192.0.2.1', deviceId: string | null = null) => ({
  username,
  address,
  deviceId,
});
const addressOf = (number: number) => `198.51.${100 + Math.floor(number / 250)}.${number % 250}`;

function fail(times: number, username: string, address?: string): void {
  for (let each = 0; each < times; each += 1) {
    expect(throttle.begin(attempt(username, address))).toMatchObject({ isAdmitted: true });
  }
}

/** From so many addresses that none of them is refused. */
function failFromEverywhere(times: number, username: string): void {
  for (let each = 0; each < times; each += 1) fail(1, username, addressOf(each));
}

it('lets ten wrong passwords pass, then one per half minute', () => {
  fail(10, 'ana');
  expect(throttle.begin(attempt('ana'))).toEqual({ isAdmitted: false, retryAfterMs: 30_000 });
  nowMs += 29_999;
  expect(throttle.begin(attempt('ana'))).toEqual({ isAdmitted: false, retryAfterMs: 1 });
  nowMs += 1;
  fail(1, 'ana');
  expect(throttle.begin(attempt('ana'))).toEqual({ isAdmitted: false, retryAfterMs: 30_000 });
});

it('slows an account that is guessed from everywhere, for 5 s at most, and refuses it nowhere', () => {
  failFromEverywhere(60, 'teacher');
  const delays = Array.from({ length: 1_000 }, (_, each) =>
    throttle.begin(attempt('teacher', addressOf(60 + each))),
  );
  expect(delays.slice(0, 3)).toEqual([250, 500, 750].map((delayMs) => ({ isAdmitted: true, delayMs })));
  expect(delays.at(-1)).toEqual({ isAdmitted: true, delayMs: 5_000 });
});

it('is quick again some minutes after the guessing has ended', () => {
  failFromEverywhere(1_000, 'teacher');
  nowMs += 4 * 60_000;
  expect(throttle.begin(attempt('teacher'))).toEqual(atOnce);
});

it('holds nobody up where the account signed in lately, whatever happens elsewhere', () => {
  throttle.begin(attempt('teacher'));
  throttle.succeed(attempt('teacher'));
  nowMs += 7 * 24 * 3_600_000;
  failFromEverywhere(1_000, 'teacher');
  for (let each = 0; each < 200; each += 1) fail(1, `pupil${each}`);
  expect(throttle.begin(attempt('pupil'))).toMatchObject({ isAdmitted: false });
  expect(throttle.begin(attempt('teacher'))).toEqual(atOnce);
});

it('forgets a known place after a week and a day', () => {
  throttle.begin(attempt('teacher'));
  throttle.succeed(attempt('teacher'));
  nowMs += 8 * 24 * 3_600_000;
  failFromEverywhere(1_000, 'teacher');
  expect(throttle.begin(attempt('teacher'))).toMatchObject({ isAdmitted: true, delayMs: 5_000 });
});

it('refuses guesses at a known place, too', () => {
  throttle.begin(attempt('teacher', '192.0.2.1', 'seat-1'));
  throttle.succeed(attempt('teacher', '192.0.2.1', 'seat-1'));
  for (let each = 0; each < 10; each += 1) throttle.begin(attempt('teacher', '192.0.2.1', 'seat-1'));
  expect(throttle.begin(attempt('teacher', '192.0.2.1', 'seat-1'))).toMatchObject({ isAdmitted: false });
});

it('does not lock an account out elsewhere', () => {
  fail(10, 'teacher', '192.0.2.66');
  expect(throttle.begin(attempt('teacher', '192.0.2.66'))).toMatchObject({ isAdmitted: false });
  expect(throttle.begin(attempt('teacher', '192.0.2.1'))).toEqual(atOnce);
});

it('takes the addresses of one IPv6 network for one place', () => {
  for (let each = 0; each < 10; each += 1) fail(1, 'teacher', `2001:db8::${each}`);
  expect(throttle.begin(attempt('teacher', '2001:db8::99'))).toMatchObject({ isAdmitted: false });
});

it('tells kiosks behind one address apart', () => {
  for (let each = 0; each < 10; each += 1) throttle.begin(attempt('teacher', '192.0.2.1', 'seat-1'));
  expect(throttle.begin(attempt('teacher', '192.0.2.1', 'seat-1'))).toMatchObject({ isAdmitted: false });
  expect(throttle.begin(attempt('teacher', '192.0.2.1', 'seat-2'))).toEqual(atOnce);
});

it('does not lock others out behind the same address', () => {
  fail(10, 'ana');
  expect(throttle.begin(attempt('ben'))).toEqual(atOnce);
});

it('lets a whole class behind one address mistype six times each', () => {
  for (let pupil = 0; pupil < 30; pupil += 1) fail(6, `pupil${pupil}`);
});

it('holds up none of a class of 30 behind one address, of whom ten mistype twice', () => {
  const pupils = Array.from({ length: 30 }, (_, number) => `pupil${number}`);
  const mistypes = (pupil: number) => pupil % 3 === 0;
  for (let lesson = 0; lesson < 6; lesson += 1) {
    for (const [number, pupil] of pupils.entries()) {
      if (mistypes(number)) fail(2, pupil);
      expect(throttle.begin(attempt(pupil))).toEqual(atOnce);
      throttle.succeed(attempt(pupil));
    }
    nowMs += 45 * 60_000;
  }
});

it('lets a whole school begin at once behind one address, each with one mistake', () => {
  for (let pupil = 0; pupil < 180; pupil += 1) {
    fail(1, `pupil${pupil}`);
    expect(throttle.begin(attempt(`pupil${pupil}`))).toEqual(atOnce);
    throttle.succeed(attempt(`pupil${pupil}`));
  }
});

it('stops an address that tries account after account', () => {
  for (let each = 0; each < 200; each += 1) fail(1, `user${each}`);
  expect(throttle.begin(attempt('another'))).toEqual({ isAdmitted: false, retryAfterMs: 1_000 });
});

it('forgets the failures of an account that signs in', () => {
  fail(9, 'ana');
  expect(throttle.begin(attempt('ana'))).toEqual(atOnce);
  throttle.succeed(attempt('ana'));
  fail(10, 'ana');
});

it('does not count successes against the address', () => {
  for (let each = 0; each < 1_000; each += 1) {
    expect(throttle.begin(attempt(`user${each}`))).toEqual(atOnce);
    throttle.succeed(attempt(`user${each}`));
  }
});

it('throttles an account whose address nobody can tell', () => {
  for (let each = 0; each < 10; each += 1) throttle.begin(attempt('ana', null));
  expect(throttle.begin(attempt('ana', null))).toMatchObject({ isAdmitted: false });
});
