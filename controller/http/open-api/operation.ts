import { type ErrorCode, errors } from '@homeroom/protocol';
import type { JsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import type { Access } from '../access.ts';
import { isChange } from '../csrf.ts';
import { problemMediaType } from '../problem.ts';
import type { Route } from '../route.ts';
import { schemaOfAnswer, schemaOfRequest } from './json-schema.ts';
import { errorsOf } from './operation-errors.ts';

/** A part of the document: plain JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** @param reading the route that reads what this one changes
 * @returns one operation of the document */
export function operationOf(route: Route, reading: Route | undefined): Json {
  const parameters = parametersOf(route, reading);
  return {
    operationId: route.operationId,
    summary: route.summary,
    tags: [tagOf(route)],
    security: securityOf(route.access),
    'x-access': route.access,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body ? { requestBody: requestBodyOf(route, route.body) } : {}),
    ...(route.file ? { requestBody: fileBodyOf(route.file) } : {}),
    responses: { ...successesOf(route), ...problemsOf(errorsOf(route, reading)) },
  };
}

/** @returns the area of a route: the first part of its path */
export function tagOf({ path }: Pick<Route, 'path'>): string {
  return path.split('/')[1] ?? '';
}

/** @returns the path as OpenAPI writes it: `/rooms/{id}` */
export function templateOf(path: string): string {
  return path.replaceAll(/:([a-z]+)/gi, '{$1}');
}

function securityOf(access: Access): Json[] {
  if (access === 'anyone') return [{}, { session: [] }, { bearer: [] }, { kiosk: [] }];
  if (access === 'device') return [{ device: [] }];
  if (access === 'kiosk') return [{ kiosk: [] }];
  const person = [{ session: [] }, { bearer: [] }];
  return access === 'viewer' ? [...person, { kiosk: [] }] : person;
}

function parametersOf(route: Route, reading: Route | undefined): Json[] {
  const inPath = [...route.path.matchAll(/:([a-z]+)/gi)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const shared = [
    ...(route.isPaginated ? ['limit', 'after'] : []),
    ...(route.isCreating ? ['idempotencyKey'] : []),
    ...(route.method === 'GET' && route.answer ? ['ifNoneMatch'] : []),
    ...(reading ? ['ifMatch'] : []),
    ...(isChange(route.method) && route.access !== 'device' ? ['csrfToken'] : []),
  ];
  return [
    ...inPath,
    ...queryParametersOf(route),
    ...shared.map((name) => ({ $ref: `#/components/parameters/${name}` })),
  ];
}

function queryParametersOf({ query }: Route): Json[] {
  if (!query) return [];
  const { properties = {}, required = [] } = schemaOfRequest(query);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function requestBodyOf({ textTypes }: Route, body: v.GenericSchema): Json {
  const schema = schemaOfRequest(body);
  const isRequired = 'required' in schema && (schema.required?.length ?? 0) > 0;
  const texts = textTypes.map((type) => [type, { schema: { type: 'string' } }] as const);
  return { required: isRequired, content: { 'application/json': { schema }, ...Object.fromEntries(texts) } };
}

function fileBodyOf({ types }: NonNullable<Route['file']>): Json {
  const binary = { schema: { type: 'string', format: 'binary' } };
  return { required: true, content: Object.fromEntries(types.map((type) => [type, binary])) };
}

function successesOf(route: Route): Json {
  const statuses = route.method === 'GET' && route.answer ? [...route.statuses, 304] : route.statuses;
  return Object.fromEntries(statuses.map((status) => [String(status), successOf(route, status)]));
}

const statusWords: Readonly<Record<number, string>> = {
  200: 'As asked.',
  201: 'Made.',
  202: 'Begun.',
  204: 'Done; there is nothing to tell.',
  304: 'Nothing changed since the ETag that `If-None-Match` names.',
};

function successOf(route: Route, status: number): Json {
  const description = statusWords[status] ?? 'Done.';
  if (status === 204 || status === 304) return { description };
  const json: JsonSchema | undefined = route.answer && schemaOfAnswer(route.answer);
  const content = Object.fromEntries([
    ...(json ? [['application/json', { schema: json }]] : []),
    ...route.mediaTypes.map((mediaType) => [mediaType, {}]),
  ]);
  return { description, content };
}

/** One answer for each status, with the codes that it may have. */
function problemsOf(codes: readonly ErrorCode[]): Json {
  const byStatus = Map.groupBy(codes, (code) => errors[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [
      String(status),
      {
        description: ofStatus.map((code) => errors[code].title).join(' '),
        content: {
          [problemMediaType]: {
            schema: {
              allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: ofStatus } } }],
            },
          },
        },
      },
    ]),
  );
}
