import {
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import type { GenericSchema } from 'valibot';
import { namedSchemas } from '../open-api/named-schemas.ts';
import type { Route } from '../route.ts';
import type { Asked } from '../route-door.ts';
import { anyJson, outputTypes } from './output-types.ts';

/** Asks a route of the table for the caller of this request, and gives its JSON. */
export interface GraphContext {
  readonly ask: (operationId: string, asked: Asked) => Promise<unknown>;
}

type Field = GraphQLFieldConfig<unknown, GraphContext, Record<string, unknown>>;
type Types = ReadonlyMap<string, GraphQLObjectType>;

/**
 * The API as a graph: a query for everything that can be read (made from the route table), and the mutations of a
 * session. What a field needs is asked of its route, so who may see what is decided there.
 */
export function graphSchema(table: readonly Route[]): GraphQLSchema {
  const types = outputTypes();
  const pages = new Map<string, GraphQLObjectType>();
  const readable = table.filter(({ method, answer }) => method === 'GET' && answer !== undefined);
  const fields = Object.fromEntries(readable.map((route) => queryField(route, types, pages)));
  return new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { ...fields, vdiSessions: sessionsField(types) } }),
    mutation: new GraphQLObjectType({ name: 'Mutation', fields: mutations(types) }),
  });
}

function queryField(route: Route, types: Types, pages: Map<string, GraphQLObjectType>): [string, Field] {
  const { operationId, summary: description } = route;
  const args = Object.fromEntries([
    ...paramsOf(route).map((name) => [name, { type: new GraphQLNonNull(GraphQLID) }] as const),
    ...Object.keys(route.query?.entries ?? {}).map((name) => [name, { type: GraphQLString }] as const),
    ...(route.isPaginated
      ? ([
          ['limit', { type: GraphQLInt }],
          ['after', { type: GraphQLString }],
        ] as const)
      : []),
  ]);
  const type = route.isPaginated ? pageOf(route, types, pages) : (typeNamed(route.answer, types) ?? anyJson);
  const resolve: Field['resolve'] = (_source, given, { ask }) => ask(operationId, askedOf(route, given));
  return [fieldNameOf(operationId), { type, args, description, resolve }];
}

/** `listRooms` is `rooms`, `getRoom` is `room`. */
function fieldNameOf(operationId: string): string {
  const rest = operationId.replace(/^(?:list|get)(?=[A-Z])/, '');
  return rest.charAt(0).toLowerCase() + rest.slice(1);
}

function paramsOf({ path }: Route): string[] {
  return [...path.matchAll(/:([a-z]+)/gi)].map(([, name]) => name ?? '');
}

function askedOf(route: Route, given: Record<string, unknown>): Asked {
  const texts = Object.entries(given)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => [name, String(value)] as const);
  const inPath = new Set(paramsOf(route));
  return {
    params: Object.fromEntries(texts.filter(([name]) => inPath.has(name))),
    query: Object.fromEntries(texts.filter(([name]) => !inPath.has(name))),
  };
}

function pageOf(route: Route, types: Types, pages: Map<string, GraphQLObjectType>): GraphQLOutputType {
  const item = typeNamed(itemOf(route.answer), types);
  if (!item) return anyJson;
  const name = `${item.name}Page`;
  const page =
    pages.get(name) ??
    new GraphQLObjectType({
      name,
      fields: {
        items: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(item))) },
        next: {
          type: GraphQLString,
          description: 'What to send as `after` for the next page; null on the last.',
        },
      },
    });
  pages.set(name, page);
  return page;
}

function typeNamed(schema: GenericSchema | undefined, types: Types): GraphQLObjectType | undefined {
  const [name] = Object.entries(namedSchemas).find(([, named]) => named === schema) ?? [];
  return name === undefined ? undefined : types.get(name);
}

/** What a list is a list of. */
function itemOf(answer: GenericSchema | undefined): GenericSchema | undefined {
  if (!answer || !('entries' in answer)) return undefined;
  const { items } = answer.entries as Record<string, GenericSchema & { item?: GenericSchema }>;
  return items?.item;
}

function sessionType(types: Types): GraphQLObjectType {
  const type = types.get('Session');
  if (!type) throw new Error('sessions have no name in the API');
  return type;
}

function sessionsField(types: Types): Field {
  return {
    description: 'The latest sessions, live ones unless `state` is `all`; of one user by id or user name.',
    type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(sessionType(types)))),
    args: { user: { type: GraphQLID }, state: { type: GraphQLString }, limit: { type: GraphQLInt } },
    resolve: async (_source, { user, state, limit }, { ask }) => {
      const wanted = Object.entries({ user, state, limit }).filter(
        ([, value]) => value !== undefined && value !== null,
      );
      const query = Object.fromEntries(wanted.map(([name, value]) => [name, String(value)]));
      const page = (await ask('listSessions', { query })) as { items: unknown[] };
      return page.items;
    },
  };
}

function mutations(types: Types): GraphQLFieldConfigMap<unknown, GraphContext> {
  const type = new GraphQLNonNull(sessionType(types));
  const id = { type: new GraphQLNonNull(GraphQLID) };
  const input = new GraphQLInputObjectType({
    name: 'CreateVDISessionInput',
    fields: {
      template: id,
      seat: { type: GraphQLID, description: 'For teachers; else where one signed in.' },
    },
  });
  return {
    createVDISession: {
      description: 'Claim a desktop; a live session comes back as it is.',
      type,
      args: { input: { type: new GraphQLNonNull(input) } },
      resolve: (_source, { input: body }, { ask }) => ask('createSession', { body: { ...body } }),
    },
    endVDISession: {
      description: 'End a session; its desktop is deleted, the home stays.',
      type,
      args: { id },
      resolve: (_source, params, { ask }) => ask('endSession', { params: { id: String(params.id) } }),
    },
    moveVDISession: {
      description: 'Put a session on another seat.',
      type,
      args: { id, seat: id },
      resolve: (_source, { id: session, seat }, { ask }) =>
        ask('moveSession', { params: { id: String(session) }, body: { seat } }),
    },
  };
}
