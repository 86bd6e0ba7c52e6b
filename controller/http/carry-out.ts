import { HomeroomError } from '@homeroom/protocol';
import { refusalOf } from './access.ts';
import type { ConditionalEdits } from './conditional-edits.ts';
import { etagOf, isSame } from './etag.ts';
import type { Once } from './once.ts';
import type { Answer, Route, RouteRequest } from './route.ts';

export interface CarryOutOptions {
  readonly once: Once;
  readonly edits: ConditionalEdits;
}

export interface Errand {
  readonly route: Route;
  /** The route that reads what this one changes, where there is one. */
  readonly reading: Route | undefined;
  /** The path as it was asked for, without its query. */
  readonly path: string;
  readonly request: RouteRequest;
}

const minKeyLength = 16;
const maxKeyLength = 200;

/**
 * Have a route do its work under the conditions of the request: `Idempotency-Key` of what creates, `If-Match` of
 * what changes.
 *
 * @throws precondition_failed, idempotency_key_reused, idempotency_key_in_use, and what the route throws
 */
export async function carryOut(errand: Errand, { once, edits }: CarryOutOptions): Promise<Answer> {
  const { route, path, request } = errand;
  if (route.isCreating) return await create(errand, once);
  const ifMatch = request.headers['if-match'];
  if (ifMatch === undefined || route.method === 'GET' || route.method === 'POST')
    return await route.handle(request);
  return await edits.within(path, async () => {
    await refuseChanged(errand, ifMatch);
    return await route.handle(request);
  });
}

async function create({ route, path, request }: Errand, once: Once): Promise<Answer> {
  const key = keyOf(request);
  const userId = request.caller.person?.user.id;
  // Keys belong to people: whoever is not signed in has none.
  if (key === undefined || userId === undefined) return await route.handle(request);
  const asked = `${route.method} ${path} ${await contentOf(request)}`;
  const { isRepeatable } = route;
  const { status, json, isReplay } = await once.run(
    { userId, key, request: asked, isRepeatable },
    async () => {
      const answer = await route.handle(request);
      return { status: answer.status ?? 200, json: answer.json };
    },
  );
  return { status, json, headers: isReplay ? { 'idempotency-replayed': 'true' } : {} };
}

/** A file is the same by what stands in it, and by what its query says of it. */
async function contentOf({ body, file, query }: RouteRequest): Promise<string> {
  if (!file) return JSON.stringify(body ?? null);
  return `${(await file.receive()).sha256} ${JSON.stringify(query)}`;
}

function keyOf({ headers }: RouteRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && key.length >= minKeyLength && key.length <= maxKeyLength) return key;
  throw new HomeroomError(
    'request_invalid',
    `Idempotency-Key: ${minKeyLength} to ${maxKeyLength} characters, best a random UUID`,
  );
}

/** What is there now is what the caller would read: whoever may not read it cannot have seen it. */
async function refuseChanged({ reading, request }: Errand, ifMatch: string): Promise<void> {
  if (!reading || refusalOf(reading.access, request.caller)) throw new HomeroomError('precondition_failed');
  const { json } = await reading.handle({ ...request, body: undefined, query: {} });
  if (!isSame(ifMatch, etagOf(JSON.stringify(json)))) throw new HomeroomError('precondition_failed');
}
