import type { IncomingHttpHeaders } from 'node:http';
import { HomeroomError } from '@homeroom/protocol';
import type { SignedIn } from '../../accounts/signed-in.ts';
import { hasRole } from '../access.ts';
import type { Caller } from '../caller.ts';
import type { Callers } from '../callers.ts';
import { isChange } from '../csrf.ts';
import { isOwnOrigin } from '../origin.ts';
import { refuseWithoutScope } from '../scope-guard.ts';
import type { Door } from './door-of.ts';

export interface GateOptions {
  readonly callers: Pick<Callers, 'identify'>;
  readonly publicOrigin: string | undefined;
  /** Runs the work of a request so that it does not wait for a silent database. */
  readonly bounded: <T>(work: () => Promise<T>) => Promise<T>;
}

/** What is asked at a door. */
export interface Asking {
  readonly door: Door;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly cookies: Readonly<Record<string, string | undefined>>;
  readonly address: string | null;
}

/** Decides who comes through Node-RED's doors: of requests and of WebSockets alike. */
export class NodeRedGate {
  readonly #options: GateOptions;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /**
   * @returns who it is
   * @throws sign_in_required, not_allowed, scope_missing, csrf_token_wrong, database_unavailable
   */
  async admit(asking: Asking): Promise<SignedIn> {
    const { door, method, headers, cookies, address } = asking;
    const { bounded, callers, publicOrigin } = this.#options;
    const caller = await bounded(() => callers.identify(headers, cookies, address));
    const person = personOf(caller, door);
    refuseWithoutScope(caller, { area: 'flows', isChange: isChange(method) });
    // A cookie travels by itself: what changes something must come from a page of ours, and a browser says from which.
    const isOwnPage = headers.origin !== undefined && isOwnOrigin(headers, publicOrigin);
    if (caller.by === 'cookie' && isChange(method) && !isOwnPage) throw new HomeroomError('csrf_token_wrong');
    return person;
  }
}

function personOf(caller: Caller, { needs }: Door): SignedIn {
  if (!caller.person) throw new HomeroomError('sign_in_required');
  if (!hasRole(caller, needs)) throw new HomeroomError('not_allowed', `this needs the role ${needs}`);
  return caller.person;
}
