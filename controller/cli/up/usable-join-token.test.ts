import type { JoinTokenResource } from '@homeroom/protocol';
import { formatJoinToken, joinTokenId } from '@homeroom/protocol/join-token';
import { describe, expect, it } from 'vitest';
import { isUsableJoinToken } from './usable-join-token.ts';

const secret = 'A'.repeat(32);
const token = formatJoinToken({ caSha256: '0'.repeat(64), secret });
const nowMs = Date.parse('2030-01-01T00:00:00.000Z');
const listed = (changes: Partial<JoinTokenResource> = {}): JoinTokenResource[] => [
  {
    id: joinTokenId(secret),
    note: null,
    room: null,
    host: false,
    usesLeft: null,
    expiresAt: null,
    withdrawnAt: null,
    createdAt: '2029-01-01T00:00:00.000Z',
    ...changes,
  },
];

describe('isUsableJoinToken', () => {
  it('keeps a token that the controller lists without a limit', () => {
    expect(isUsableJoinToken(token, listed(), nowMs)).toBe(true);
  });

  it('keeps a token until its time is over', () => {
    expect(isUsableJoinToken(token, listed({ expiresAt: '2030-01-01T00:00:01.000Z' }), nowMs)).toBe(true);
    expect(isUsableJoinToken(token, listed({ expiresAt: '2030-01-01T00:00:00.000Z' }), nowMs)).toBe(false);
  });

  it.each([
    ['withdrawn', listed({ withdrawnAt: '2029-06-01T00:00:00.000Z' })],
    ['used up', listed({ usesLeft: 0 })],
    ['another’s', listed({ id: '00000000' })],
    ['not listed', []],
  ])('drops a token that is %s', (_why, tokens) => {
    expect(isUsableJoinToken(token, tokens, nowMs)).toBe(false);
  });

  it('drops a text that is no token', () => {
    expect(isUsableJoinToken('homeroom1.torn', listed(), nowMs)).toBe(false);
  });
});
