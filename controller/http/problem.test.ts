import { HomeroomError, patchDeviceRequest } from '@homeroom/protocol';
import { describe, expect, it } from 'vitest';
import { problemOf, retryAfterOf } from './problem.ts';
import { parseRequest } from './request-fault.ts';

const thrownBy = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (caught) {
    return caught;
  }
};

describe('problemOf', () => {
  it('tells a fault of the catalogue whole', () => {
    expect(problemOf(new HomeroomError('seat_taken', 'somebody sits there'), 'urn:1')).toEqual({
      type: '/docs/error-codes#seat_taken',
      title: 'Someone else’s desktop is on that seat.',
      status: 409,
      code: 'seat_taken',
      remedy: 'Choose another seat, or end that session first.',
      instance: 'urn:1',
      detail: 'somebody sits there',
    });
  });

  it('names every wrong field', () => {
    const fault = thrownBy(() => parseRequest(patchDeviceRequest, { lock: 1, screen: 'dim', typo: true }));
    expect(
      problemOf(fault, 'urn:1')
        .errors?.map(({ field }) => field)
        .sort(),
    ).toEqual(['lock', 'screen', 'typo']);
  });

  it('hides what our own mistakes say', () => {
    const problem = problemOf(new Error('password=1234'), 'urn:1');
    expect(problem.code).toBe('internal');
    expect(JSON.stringify(problem)).not.toMatch(/1234/);
  });

  it('translates what fastify refuses', () => {
    const refused = Object.assign(new Error('too large'), {
      code: 'FST_ERR_CTP_BODY_TOO_LARGE',
      statusCode: 413,
    });
    expect(problemOf(refused, 'urn:1')).toMatchObject({ code: 'body_too_large', status: 413 });
    const other = Object.assign(new Error('odd'), { code: 'FST_ERR_NEW', statusCode: 400 });
    expect(problemOf(other, 'urn:1').code).toBe('request_invalid');
  });
});

it('says when to ask again, where that helps', () => {
  expect(retryAfterOf(new HomeroomError('sign_in_throttled', 'wait', { retryAfterS: 30 }))).toBe(30);
  expect(retryAfterOf(new HomeroomError('database_unavailable'))).toBe(5);
  expect(retryAfterOf(new HomeroomError('not_found'))).toBeUndefined();
});
