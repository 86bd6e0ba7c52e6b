import type { Pool } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { poolPatch } from './pool-fields.ts';

const pool = {
  template: 'cad',
  warmMinimum: 4,
  warmMaximum: 8,
  coldMinimum: 0,
  coldMaximum: 0,
  maximum: 20,
} as Pool;

function typed(changes: Record<string, string>): FormData {
  const fields = new FormData();
  for (const [name, value] of Object.entries({
    warmMinimum: '4',
    warmMaximum: '8',
    coldMinimum: '0',
    coldMaximum: '0',
    maximum: '20',
    ...changes,
  }))
    fields.set(name, value);
  return fields;
}

test('nothing is sent that nobody changed', () => {
  expect(poolPatch(pool, typed({}))).toEqual({});
});

test('what was changed is sent, and zero is a size', () => {
  expect(poolPatch(pool, typed({ warmMinimum: '0', coldMaximum: '3' }))).toEqual({
    warmMinimum: 0,
    coldMaximum: 3,
  });
});

test('only the warm maximum may be empty: as many as may live', () => {
  expect(poolPatch(pool, typed({ warmMaximum: '', maximum: '' }))).toEqual({ warmMaximum: null });
});
