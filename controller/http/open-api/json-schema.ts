import { type JsonSchema, toJsonSchema, toJsonSchemaDefs } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { namedSchemas } from './named-schemas.ts';

/** What a schema cannot say in JSON Schema (a trim, a check by a function) is left out: the server is stricter. */
const usual = {
  target: 'draft-2020-12',
  errorMode: 'ignore',
  overrideRef: ({ referenceId }: { referenceId: string }) => `#/components/schemas/${referenceId}`,
} as const;

/** @returns what a request may bring, as JSON Schema 2020-12 */
export function schemaOfRequest(schema: v.GenericSchema): JsonSchema {
  return bare(toJsonSchema(schema, { ...usual, typeMode: 'input' }));
}

/** @returns what an answer holds; named resources by `$ref` */
export function schemaOfAnswer(schema: v.GenericSchema): JsonSchema {
  return bare(toJsonSchema(schema, { ...usual, typeMode: 'output', definitions: definitions() }));
}

/** @returns the resources that answers refer to, by name */
export function schemaComponents(): Record<string, JsonSchema> {
  return toJsonSchemaDefs(definitions(), { ...usual, typeMode: 'output' });
}

type AnySchema = v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>;

function definitions(): Record<string, AnySchema> {
  return { ...namedSchemas };
}

/** The document says once which JSON Schema it speaks, and holds the definitions itself. */
function bare({ $schema: _, $defs: __, ...schema }: JsonSchema): JsonSchema {
  return schema;
}
