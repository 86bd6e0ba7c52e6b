/**
 * Hears relays, and writes down what they say. Rules:
 * - what one relay says is written in the order in which it said it; relays do not wait for each other;
 * - while the database is away, what was said waits (bounded: the oldest goes first) and is written when it is back;
 * - the first word about a channel after a connection, ours or the relay's, tells how things stand and nothing more;
 * - after our own connection every relay is asked.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCodeOf, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { Messaging } from '../fleet/ports.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { KnownRelays, keyOf, nameOf } from './known-relays.ts';
import type { RelayPort } from './relay-port.ts';
import { foreignWordOf, type HeardWord, wordOf } from './relay-words.ts';
import { Strangers } from './strangers.ts';
import { writeWord } from './write-word.ts';

export interface RelayInboxOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly messaging: Pick<Messaging, 'onMessage' | 'onRelayMessage' | 'onConnected' | 'isConnected'>;
  readonly port: RelayPort;
  readonly logger: Logger;
  readonly nowMs: () => number;
}

interface Waiting {
  readonly heard: HeardWord;
  readonly isReplay: boolean;
}

const maxWaiting = 200;
const retryMs = 1_000;

/** Who was here when we were last: they say so again when they are. */
const awaySql = `
update relays r set online = exists (select from devices d where d.id = r.device_id and d.state->>'state' = 'ready')`;

export class RelayInbox {
  readonly #options: RelayInboxOptions;
  readonly #known: KnownRelays;
  readonly #queues = new Map<string, Waiting[]>();
  readonly #writing = new Map<string, Promise<void>>();
  /** Channels that were heard since the relay, and we, connected. */
  readonly #heard = new Map<string, Set<number>>();
  readonly #strangers = new Strangers<HeardWord>();
  readonly #stopping = new AbortController();
  #leave: (() => void)[] = [];

  constructor(options: RelayInboxOptions) {
    this.#options = options;
    this.#known = new KnownRelays(options);
  }

  /** @throws database_unavailable */
  async start(): Promise<void> {
    const { db, messaging, changes } = this.#options;
    await db.query(awaySql);
    await this.#known.readAll();
    this.#leave = [
      changes.subscribe(({ kind, id }) => {
        if (kind === 'relay') void this.#known.read(id).then((isNew) => isNew && this.#meet(id));
      }),
      messaging.onMessage((message) => this.#take(wordOf(message), message.isReplay)),
      messaging.onRelayMessage((message) => this.#take(foreignWordOf(message), message.isReplay)),
      messaging.onConnected(() => this.#begin()),
    ];
  }

  /** @returns whether it matters at all that a computer comes or goes */
  get powersSeats(): boolean {
    return this.#known.powerSeats();
  }

  /** What waits for a database that is away is lost: relays are asked again after the next start. */
  async stop(): Promise<void> {
    for (const leave of this.#leave) leave();
    this.#stopping.abort();
    await Promise.all(this.#writing.values());
  }

  #begin(): void {
    this.#heard.clear();
    for (const id of this.#known.ids()) this.#ask(id);
  }

  /** It was made known just now, and may have spoken before that. */
  #meet(id: string): void {
    const relay = this.#known.get(id);
    if (!relay) return;
    const said = this.#strangers.take(nameOf(relay));
    if (relay.device_id !== null) {
      const isOnline = this.#options.messaging.isConnected(relay.device_id);
      const word = { isOnline, channels: said?.word.channels ?? [] };
      this.#take({ from: { by: 'device', device: relay.device_id }, word }, true);
    } else if (said) this.#take(said, true);
    this.#ask(id);
  }

  #ask(id: string): void {
    const relay = this.#known.get(id);
    if (!relay) return;
    this.#options.port
      .ask(relay, relay.channels)
      .catch((caught) =>
        this.#options.logger.debug({ err: toError(caught), relay: id }, 'a relay could not be asked'),
      );
  }

  #take(heard: HeardWord | undefined, isReplay: boolean): void {
    const relay = heard && this.#known.find(heard.from);
    if (!heard) return;
    if (relay === undefined) {
      if (heard.word.channels.length > 0) this.#strangers.remember(keyOf(heard.from), heard);
      return;
    }
    const queue = this.#queues.get(relay) ?? [];
    queue.push({ heard, isReplay });
    if (queue.length > maxWaiting) queue.shift();
    this.#queues.set(relay, queue);
    if (!this.#writing.has(relay)) this.#writeOn(relay, queue);
  }

  #writeOn(relay: string, queue: Waiting[]): void {
    const writing = this.#writeAll(relay, queue).finally(() => {
      this.#writing.delete(relay);
      // It may have come between the last look at the queue and now.
      if (queue.length > 0 && !this.#stopping.signal.aborted) this.#writeOn(relay, queue);
    });
    this.#writing.set(relay, writing);
  }

  async #writeAll(relay: string, queue: Waiting[]): Promise<void> {
    for (let next = queue[0]; next && !this.#stopping.signal.aborted; next = queue[0]) {
      try {
        await this.#write(relay, next);
        // Under a full queue it may be gone already.
        if (queue[0] === next) queue.shift();
      } catch (caught) {
        this.#options.logger.warn(
          { err: toError(caught), relay },
          'the word of a relay could not be written',
        );
        if (errorCodeOf(caught) === 'internal') queue.shift();
        else await sleep(retryMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      }
    }
  }

  async #write(relay: string, { heard: { word, generation }, isReplay }: Waiting): Promise<void> {
    const { db, changes, nowMs } = this.#options;
    // Before it is asked: in its own language.
    if (generation !== undefined) this.#known.speaks(relay, generation);
    const heard = this.#heardOf(relay, word.isOnline);
    const isNews = await writeWord(db, {
      relay,
      word,
      generation: generation ?? null,
      isAdopted: (channel) => isReplay || !heard.has(channel),
      nowMs: nowMs(),
    });
    for (const { channel } of word.channels) heard.add(channel);
    if (isNews) changes.announce({ kind: 'relay', id: relay });
  }

  /** Who comes back, or says good-bye, begins anew. */
  #heardOf(relay: string, isOnline: boolean | undefined): Set<number> {
    const known = this.#heard.get(relay);
    const wasOnline = known !== undefined;
    if (wasOnline && isOnline !== false) return known;
    const fresh = new Set<number>();
    if (isOnline === false) this.#heard.delete(relay);
    else this.#heard.set(relay, fresh);
    if (isOnline === true && !wasOnline) this.#ask(relay);
    return fresh;
  }
}
