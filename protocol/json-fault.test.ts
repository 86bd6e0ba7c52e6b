import { describe, expect, it } from 'vitest';
import { findJsonFault } from './json-fault.ts';

const faultOf = (json: string) => findJsonFault(JSON.parse(json));

describe('findJsonFault', () => {
  it('finds nothing in ordinary JSON', () => {
    expect(faultOf('{"a":[1,-2.5,null,true,"Grüße 👋\\n"],"constructor":{"b":{}}}')).toBeUndefined();
  });

  it.each([
    ['{"a":{"b":["x\\u0000"]}}', 'a.b.0: text with NUL or half a character'],
    ['"\\ud83d"', 'payload: text with NUL or half a character'],
    ['{"a":1e999}', 'a: a number out of range'],
    ['{"a":{"__proto__":{"revoked":false}}}', 'a: a field name that is not allowed'],
    ['{"\\u0000":1}', 'payload: a field name that is not allowed'],
  ])('refuses %s', (json, fault) => {
    expect(faultOf(json)).toBe(fault);
  });

  it('allows 32 levels and refuses one more, however deep it goes on', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(faultOf(nested(32))).toBeUndefined();
    expect(faultOf(nested(33))).toMatch(/nested deeper than 32 levels$/);
    expect(faultOf(nested(8_000))).toMatch(/nested deeper than 32 levels$/);
  });
});
