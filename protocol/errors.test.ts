import { describe, expect, it } from 'vitest';
import { errorAreas, errorCodeOf, errors, HomeroomError, toError } from './errors.ts';

describe('the error catalogue', () => {
  it('has for each code a real error status, and two sentences for a person', () => {
    for (const [code, { status, title, remedy }] of Object.entries(errors)) {
      expect(code).toMatch(/^[a-z]+(?:_[a-z]+)*$/);
      expect(status, code).toBeGreaterThanOrEqual(400);
      expect(status, code).toBeLessThan(600);
      expect(title, code).toMatch(/^[A-Z].*\.$/);
      expect(remedy.length, code).toBeGreaterThan(10);
    }
  });

  it('has each code in one area, and leaves no area out', () => {
    const codes = errorAreas.flatMap((area) => Object.keys(area.codes));
    expect(codes).toEqual(Object.keys(errors));
  });
});

describe('HomeroomError', () => {
  it('carries code, status, detail and cause', () => {
    const cause = new Error('ECONNREFUSED');
    const error = new HomeroomError('database_unavailable', 'nobody at 5432', { cause, retryAfterS: 2 });
    expect(error).toMatchObject({
      name: 'HomeroomError',
      code: 'database_unavailable',
      status: 503,
      detail: 'nobody at 5432',
      message: 'database_unavailable: nobody at 5432',
      retryAfterS: 2,
      cause,
    });
  });

  it('says what the catalogue says when nothing else is to say', () => {
    expect(new HomeroomError('not_found').detail).toBe(errors.not_found.title);
  });
});

describe('toError', () => {
  it('keeps an error as it is and makes one of anything else', () => {
    const error = new TypeError('x');
    expect(toError(error)).toBe(error);
    expect(toError('broken').message).toBe('broken');
    expect(toError(undefined)).toBeInstanceOf(Error);
  });
});

describe('errorCodeOf', () => {
  it('knows ours, and calls everything else internal', () => {
    expect(errorCodeOf(new HomeroomError('no_host'))).toBe('no_host');
    expect([new Error('no_host'), 'no_host', null].map(errorCodeOf)).toEqual([
      'internal',
      'internal',
      'internal',
    ]);
  });
});
