import * as v from 'valibot';
import { expect, it } from 'vitest';
import { patchTemplateRequest } from './template.ts';

it('takes no limit in which nobody could do anything', () => {
  expect(v.is(patchTemplateRequest, { limitS: 1 })).toBe(false);
  expect(v.is(patchTemplateRequest, { limitS: 60 })).toBe(true);
  expect(v.is(patchTemplateRequest, { limitS: null })).toBe(true);
});
