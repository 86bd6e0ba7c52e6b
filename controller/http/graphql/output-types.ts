import type { JsonSchema } from '@valibot/to-json-schema';
import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLScalarType,
  GraphQLString,
} from 'graphql';
import { schemaComponents } from '../open-api/json-schema.ts';

/** Whatever has no name of its own in the API. */
export const anyJson = new GraphQLScalarType({
  name: 'JSON',
  description: 'Any JSON: what the HTTP API tells in the same place.',
});

/** Names that the world knows better than ours. */
const graphName = (name: string): string => (name === 'Session' ? 'VDISession' : name);

/** @returns a GraphQL type for each named resource of the API, made from the same schemas as the OpenAPI document */
export function outputTypes(): ReadonlyMap<string, GraphQLObjectType> {
  const schemas = schemaComponents();
  const types = new Map<string, GraphQLObjectType>();
  for (const [name, schema] of Object.entries(schemas)) {
    types.set(
      name,
      new GraphQLObjectType({
        name: graphName(name),
        // Later, when every type is there to be referred to.
        fields: () =>
          Object.fromEntries(
            Object.entries(schema.properties ?? {}).map(([field, inner]) => {
              const isRequired = schema.required?.includes(field) ?? false;
              return [field, { type: typeOf(field, inner, isRequired, types) }];
            }),
          ),
      }),
    );
  }
  return types;
}

function typeOf(
  field: string,
  schema: JsonSchema | boolean,
  isRequired: boolean,
  types: ReadonlyMap<string, GraphQLObjectType>,
): GraphQLOutputType {
  const bare = typeof schema === 'boolean' ? {} : schema;
  const choices = (bare.anyOf ?? []).filter((choice) => typeof choice !== 'boolean');
  const isNullable = choices.some(({ type }) => type === 'null');
  const others = choices.filter(({ type }) => type !== 'null');
  const [only] = others;
  const inner = isNullable && only && others.length === 1 ? only : bare;
  const type = bareTypeOf(field, inner, types);
  return isRequired && !isNullable ? new GraphQLNonNull(type) : type;
}

function bareTypeOf(field: string, schema: JsonSchema, types: ReadonlyMap<string, GraphQLObjectType>) {
  const referred = schema.$ref && types.get(schema.$ref.split('/').at(-1) ?? '');
  if (referred) return referred;
  switch (schema.type) {
    case 'string':
      return field === 'id' ? GraphQLID : GraphQLString;
    // Int ends at 2^31; revisions and bytes do not.
    case 'number':
    case 'integer':
      return GraphQLFloat;
    case 'boolean':
      return GraphQLBoolean;
    case 'array': {
      const { items } = schema;
      if (!items || typeof items === 'boolean' || Array.isArray(items)) return anyJson;
      return new GraphQLList(typeOf(field, items, true, types));
    }
    default:
      return Array.isArray(schema.enum) && schema.enum.every((one) => typeof one === 'string')
        ? GraphQLString
        : anyJson;
  }
}
