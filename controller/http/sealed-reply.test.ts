import { expect, it } from 'vitest';
import { keyHashOf, openReply, sealReply } from './sealed-reply.ts';

const key = '6f2f9f0a-8f33-4c1e-9f5e-0a5b7f1e2d3c';
const json = { username: 'ana', password: 'told-once' };

it('opens with the key that sealed it, and hides what is inside', () => {
  const sealed = sealReply(json, key);
  expect(sealed.toString('latin1')).not.toContain('told-once');
  expect(openReply(sealed, key)).toEqual(json);
});

it('opens with no other key, and not when it was changed', () => {
  const sealed = sealReply(json, key);
  expect(() => openReply(sealed, 'another key of some length')).toThrow();
  sealed[20] = (sealed[20] ?? 0) ^ 1;
  expect(() => openReply(sealed, key)).toThrow();
});

it('names one key of two people differently, and never by itself', () => {
  expect(keyHashOf('one', key)).not.toBe(keyHashOf('other', key));
  expect(keyHashOf('one', key)).not.toContain(key);
});
