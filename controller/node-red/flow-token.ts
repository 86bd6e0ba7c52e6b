import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { Accounts } from '../accounts/accounts.ts';
import type { ApiTokens } from '../accounts/tokens/api-tokens.ts';
import { systemActor } from '../store/actor.ts';

const dayMs = 86_400_000;
/** Renewed long before it ends, so that a controller that was away for a week finds a good one. */
const lifeMs = 30 * dayMs;
const renewAfterMs = 7 * dayMs;
const lookEveryMs = dayMs / 4;

/** What flows may do in their account's name: a school day, and nothing of accounts, tokens, enrolment or the audit log. */
const flowScopes = [
  'me:read',
  'events:read',
  'rooms:write',
  'seats:write',
  'devices:write',
  'sessions:write',
  'relays:write',
  'hdmi-switches:write',
  'class-runs:write',
  'broadcasts:write',
  'messages:write',
  'file-rounds:read',
  'lessons:write',
  'templates:read',
  'pools:read',
  'groups:read',
  'users:read',
] as const;

export interface FlowTokenOptions {
  readonly dir: string;
  readonly accounts: Pick<Accounts, 'authenticateBearer'>;
  readonly tokens: Pick<ApiTokens, 'create'>;
  /** @returns whose it is; undefined when there can be none */
  readonly owner: () => Promise<string | undefined>;
  readonly files: {
    read(path: string): Promise<string | undefined>;
    write(path: string, secret: string): Promise<void>;
  };
  readonly logger: Logger;
}

/** Keeps a good API token for the flows in a file that the owner alone reads; the palette reads it for each request. */
export class FlowToken {
  readonly path: string;
  readonly #options: FlowTokenOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: FlowTokenOptions) {
    this.#options = options;
    this.path = join(options.dir, 'api-token');
  }

  /** Begin to look after it. */
  start(): void {
    this.#timer = setInterval(() => void this.keep(), lookEveryMs);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Write a new one unless the one that is there is young and good. Never throws: flows without it say so. */
  async keep(): Promise<void> {
    try {
      if (!(await this.#isGood())) await this.#renew();
    } catch (caught) {
      this.#options.logger.warn({ err: toError(caught) }, 'the token of the flows could not be renewed');
    }
  }

  async #isGood(): Promise<boolean> {
    const { accounts, files } = this.#options;
    const token = await files.read(this.path);
    if (token === undefined || !(await accounts.authenticateBearer(token))) return false;
    const { mtimeMs } = await stat(this.path);
    return Date.now() - mtimeMs < renewAfterMs;
  }

  async #renew(): Promise<void> {
    const { tokens, owner, files, logger } = this.#options;
    const userId = await owner();
    if (userId === undefined) {
      logger.warn('a person has the user name node-red, so the flows get no token: rename that account');
      return;
    }
    const request = {
      userId,
      note: 'the flows of Node-RED',
      scopes: flowScopes,
      expiresInS: lifeMs / 1000,
      madeBy: null,
    };
    await files.write(this.path, (await tokens.create(request, systemActor)).token);
  }
}
