import { describe, expect, it } from 'vitest';
import {
  claimUserName,
  createJoinSecret,
  formatJoinToken,
  joinTokenId,
  joinTokenProof,
  joinTokenSecretHash,
  parseJoinToken,
} from './join-token.ts';

const caSha256 = '0123456789abcdef'.repeat(4);
const secret = 'abcdefghijklmnopqrstuvwxyz_-0123';

describe('the join token', () => {
  it('reads back what it writes, with white space around it', () => {
    const text = formatJoinToken({ caSha256, secret });
    expect(text).toBe(`homeroom1.${caSha256}.${secret}`);
    expect(parseJoinToken(`  ${text}\n`)).toEqual({ caSha256, secret });
  });

  it('has a secret that is never the same and always fits', () => {
    const secrets = Array.from({ length: 50 }, createJoinSecret);
    expect(new Set(secrets).size).toBe(50);
    for (const one of secrets)
      expect(parseJoinToken(formatJoinToken({ caSha256, secret: one }))?.secret).toBe(one);
  });

  it.each([
    ['nothing', ''],
    ['another version', `homeroom2.${caSha256}.${secret}`],
    ['a short hash', `homeroom1.${caSha256.slice(1)}.${secret}`],
    ['a hash in capitals', `homeroom1.${caSha256.toUpperCase()}.${secret}`],
    ['a short secret', `homeroom1.${caSha256}.${secret.slice(1)}`],
    ['a long secret', `homeroom1.${caSha256}.${secret}x`],
    ['a strange character', `homeroom1.${caSha256}.${secret.slice(1)}+`],
    ['a line in the middle', `homeroom1.${caSha256}\n.${secret}`],
    ['two tokens', `homeroom1.${caSha256}.${secret} homeroom1.${caSha256}.${secret}`],
  ])('refuses %s', (_what, text) => {
    expect(parseJoinToken(text)).toBeUndefined();
  });
});

describe('the claim credential', () => {
  it('is named after the token without telling its secret', () => {
    expect(joinTokenId(secret)).toMatch(/^[0-9a-f]{8}$/);
    expect(claimUserName(secret)).toBe(`claim-${joinTokenId(secret)}`);
    expect(claimUserName()).toBe('claim');
  });
});

describe('joinTokenProof', () => {
  const hash = joinTokenSecretHash(secret);
  const proof = joinTokenProof(hash, 'nonce', 'pi-01');

  it('is the same for the same holder, nonce and device', () => {
    expect(proof).toMatch(/^[0-9a-f]{64}$/);
    expect(joinTokenProof(joinTokenSecretHash(secret), 'nonce', 'pi-01')).toBe(proof);
  });

  it('fits no other secret, nonce or device, nor the two run together otherwise', () => {
    const others = [
      joinTokenProof(joinTokenSecretHash(`${secret.slice(1)}x`), 'nonce', 'pi-01'),
      joinTokenProof(hash, 'nonce2', 'pi-01'),
      joinTokenProof(hash, 'nonce', 'pi-02'),
      joinTokenProof(hash, 'noncep', 'i-01'),
    ];
    expect(others).not.toContain(proof);
  });
});
