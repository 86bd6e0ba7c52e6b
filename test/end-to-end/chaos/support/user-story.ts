import { sessionCookieName } from '@homeroom/controller/http/cookies.ts';
import type { LoadTestUser } from '@homeroom/protocol';
import type { PersistentCaller } from './persistent-caller.ts';
import type { SeededChance } from './seeded-chance.ts';

export const deeds = ['come', 'move', 'leave'] as const;
export type Deed = (typeof deeds)[number];

/** What one user does, one deed after another. */
const stories: readonly (readonly Deed[])[] = [
  ['come'],
  ['come', 'move'],
  ['come', 'leave'],
  ['come', 'move', 'leave'],
  ['come', 'come', 'move', 'move'],
  ['come', 'leave', 'come'],
  ['come', 'move', 'leave', 'come', 'move'],
];

/** Where a user is, as far as the answers tell. */
export interface Whereabouts {
  readonly session: string | null;
  readonly seat: string | null;
}

export interface StoryOptions {
  readonly user: LoadTestUser;
  readonly template: string;
  readonly seats: readonly string[];
  readonly adminToken: string;
  readonly caller: PersistentCaller;
  readonly chance: SeededChance;
}

/** One user of the chaos: knows what they were told, and so what must be true afterwards. */
export class UserStory {
  readonly userId: string;
  readonly deeds: readonly Deed[];
  readonly #options: StoryOptions;
  #at: Whereabouts = { session: null, seat: null };

  constructor(options: StoryOptions) {
    this.#options = options;
    this.userId = options.user.id;
    this.deeds = options.chance.pick(stories);
  }

  get whereabouts(): Whereabouts {
    return this.#at;
  }

  /** @throws when the answer is none that may come */
  async do(deed: Deed): Promise<void> {
    if (deed === 'come') await this.#come();
    else if (deed === 'move') await this.#move();
    else await this.#leave();
  }

  async #come(): Promise<void> {
    const { caller, template } = this.#options;
    const call = { method: 'POST', path: '/sessions', headers: this.#own, body: { template } };
    const { status, body } = await caller.ask(call);
    if (status !== 200 && status !== 201) throw new Error(`coming: ${status} ${body}`);
    const { id } = JSON.parse(body);
    const before = this.#at.session;
    if (before !== null && id !== before) throw new Error(`the live session ${before} was not given back`);
    this.#at = { ...this.#at, session: id };
  }

  async #move(): Promise<void> {
    const { caller, chance, seats, adminToken } = this.#options;
    const seat = chance.pick(seats);
    const headers = { authorization: `Bearer ${adminToken}` };
    const path = `/sessions/${this.#at.session}/move`;
    const { status, body } = await caller.ask({ method: 'POST', path, headers, body: { seat } });
    // Somebody else sits there: then everything is as it was.
    if (status === 409 && JSON.parse(body).code === 'seat_taken') return;
    if (status !== 200) throw new Error(`moving: ${status} ${body}`);
    this.#at = { ...this.#at, seat };
  }

  async #leave(): Promise<void> {
    const { caller } = this.#options;
    const path = `/sessions/${this.#at.session}`;
    const { status, body } = await caller.ask({ method: 'DELETE', path, headers: this.#own });
    if (status !== 200) throw new Error(`leaving: ${status} ${body}`);
    this.#at = { session: null, seat: null };
  }

  get #own(): Record<string, string> {
    const { cookie, csrfToken } = this.#options.user;
    return { cookie: `${sessionCookieName}=${cookie}`, 'x-csrf-token': csrfToken };
  }
}
