import { expect, it } from 'vitest';
import { messageOrigin } from './message-origin.ts';

const at = '2026-01-05T10:42:00.000Z';

it('names who said it, and when', () => {
  expect(messageOrigin({ id: 'm', sentBy: 'Ms Hopper', sentAt: at })).toMatch(/^Ms Hopper, \d{1,2}:42/);
});

it('says when, where nobody is named any more', () => {
  expect(messageOrigin({ id: 'm', sentBy: null, sentAt: at })).toMatch(/^\d{1,2}:42/);
});
