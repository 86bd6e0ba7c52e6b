import { randomUUID } from 'node:crypto';
import type { JsonSchema } from './described-api.ts';

/** Texts that one pattern or another of the API asks for. */
const texts = [
  'sample',
  'Sample',
  '2026-01-05',
  '10:00',
  'Europe/Berlin',
  'rooms:read',
  '123456',
  'sample-sample',
];

/** @returns a value that a schema allows, with no more in it than must be */
export function sampleOf(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return sampleOf(schema.anyOf.find(({ type }) => type !== 'null') ?? {});
  switch (schema.type) {
    case 'string':
      return textOf(schema);
    case 'number':
    case 'integer':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}));
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, sampleOf(schema.properties?.[name] ?? {})]),
      );
    default:
      return {};
  }
}

function textOf({ format, pattern, minLength = 0 }: JsonSchema): string {
  if (format === 'uuid') return randomUUID();
  if (format === 'date-time') return '2026-01-05T10:00:00.000Z';
  if (format === 'date') return '2026-01-05';
  const fit = texts.find(
    (text) => text.length >= minLength && (!pattern || new RegExp(pattern, 'u').test(text)),
  );
  return fit ?? 'x'.repeat(Math.max(minLength, 1));
}

/** A body that a schema does not allow, and what is wrong with it. */
export interface WrongBody {
  readonly what: string;
  readonly body: unknown;
}

/** @returns bodies that are each wrong in one thing: a type, a length, a missing or an unknown field */
export function wrongBodiesOf(schema: JsonSchema): WrongBody[] {
  const good = sampleOf(schema);
  if (schema.type !== 'object' || typeof good !== 'object' || good === null) return [];
  const wrong: WrongBody[] = [
    { what: 'an empty list', body: [] },
    { what: 'a text', body: 'text' },
    { what: 'a list', body: [good] },
    { what: 'a number', body: 7 },
  ];
  if (schema.additionalProperties === false) {
    wrong.push({ what: 'an unknown field', body: { ...good, thereIsNoSuchField: 1 } });
  }
  for (const name of schema.required ?? []) {
    const { [name]: _, ...rest } = good as Record<string, unknown>;
    wrong.push({ what: `without ${name}`, body: rest });
  }
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    for (const [what, value] of wrongValuesOf(field))
      wrong.push({ what: `${name}: ${what}`, body: { ...good, [name]: value } });
  }
  return wrong;
}

function wrongValuesOf(field: JsonSchema): [string, unknown][] {
  const types = new Set([field.type, ...(field.anyOf ?? []).map(({ type }) => type)]);
  if (types.has(undefined) && !field.anyOf && !field.enum) return [];
  const found: [string, unknown][] = [];
  if (!types.has('object') && !field.enum?.includes('object')) found.push(['an object', { a: 1 }]);
  if (!types.has('array')) found.push(['a list', [1]]);
  if (!types.has('number') && !types.has('integer') && !field.enum?.some((one) => typeof one === 'number')) {
    found.push(['a number', 12.5]);
  }
  if (types.has('string') && field.maxLength) found.push(['too long', 'x'.repeat(field.maxLength + 1)]);
  if (types.has('string') || field.enum) found.push(['a NUL', 'a\0b']);
  return found;
}
