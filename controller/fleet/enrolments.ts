/**
 * How a device gets a credential of its own. Rules:
 * - each request is answered once: a repeated one (QoS 1) gets the answer that the first one got;
 * - whether it is let in is decided by enrolment-rules.ts;
 * - the password is in the answer alone; its hash is kept.
 */
import {
  type Enrolment,
  type EnrolmentPolicy,
  type EnrolReply,
  type EnrolRequest,
  errorCodeOf,
  errors,
  HomeroomError,
  toError,
  topics,
} from '@homeroom/protocol';
import type { Logger } from 'pino';
import { type Actor, systemActor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import type { Page, PageRequest } from '../store/page.ts';
import { type Admission, admitDevice } from './admit-device.ts';
import type { EnrolmentPolicies } from './enrolment-policy.ts';
import { answerEnrolment } from './enrolment-rules.ts';
import type { JoinTokens } from './join-tokens.ts';
import type { BrokerCredentials, TopicPublisher } from './ports.ts';
import type { WaitingEnrolment, WaitingEnrolments } from './waiting-enrolments.ts';

export interface EnrolmentsOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly policies: EnrolmentPolicies;
  readonly waiting: WaitingEnrolments;
  readonly tokens: JoinTokens;
  readonly brokerCredentials: BrokerCredentials;
  readonly publisher: TopicPublisher;
  readonly logger: Logger;
  /** @returns whether a device is connected now */
  readonly isConnected: (device: string) => boolean;
  /** Told of each attempt to enrol under the identity of a device that is connected. */
  readonly onIdentityInUse: (device: string, address: string | null) => void;
  /** Where devices are told to go. */
  readonly ports: () => { http: number; mqttTls: number };
  readonly now?: () => Date;
}

const maxAnswersKept = 1_000;

export class Enrolments {
  readonly #options: EnrolmentsOptions;
  /** By nonce, the newest last. */
  readonly #answers = new Map<string, Promise<EnrolReply>>();

  constructor(options: EnrolmentsOptions) {
    this.#options = options;
  }

  /** @throws database_unavailable */
  policy(): Promise<EnrolmentPolicy> {
    return this.#options.policies.get();
  }

  /** @param minutes how long `open` holds @throws database_unavailable */
  async setPolicy(
    policy: EnrolmentPolicy['policy'],
    minutes: number,
    actor: Actor,
  ): Promise<EnrolmentPolicy> {
    const set = await this.#options.policies.set(policy, minutes, actor);
    this.#options.changes.announce({ kind: 'enrolment', id: 'policy' });
    return set;
  }

  /** @returns the devices that wait for an admin, oldest first @throws database_unavailable */
  waiting(page: PageRequest): Promise<Page<Enrolment>> {
    return this.#options.waiting.page(page);
  }

  /** Answer a request as it came from the broker. Never throws. */
  async handle(nonce: string, request: EnrolRequest): Promise<void> {
    let answer = this.#answers.get(nonce);
    if (!answer) {
      answer = this.#answer(nonce, request);
      this.#remember(nonce, answer);
    }
    await this.#reply(nonce, await answer);
  }

  /**
   * Let a waiting device in, or turn it away.
   *
   * @throws not_found, conflict when it was decided before, device_identity_in_use, seat_unknown,
   * database_unavailable
   */
  async decide(
    id: string,
    { accept, name, seat }: { accept: boolean; name?: string | undefined; seat?: string | undefined },
    actor: Actor,
  ): Promise<void> {
    const { waiting, changes } = this.#options;
    const enrolment = await waiting.decide(id, accept);
    const reply = accept
      ? await this.#acceptWaiting(enrolment, { name, seat, actor })
      : await this.#turnAway(enrolment, actor);
    this.#remember(enrolment.nonce, Promise.resolve(reply));
    changes.announce({ kind: 'enrolment', id });
    await this.#reply(enrolment.nonce, reply);
  }

  async #answer(nonce: string, request: EnrolRequest): Promise<EnrolReply> {
    try {
      const decision = await this.#decideAlone(nonce, request);
      if (decision.answer === 'refuse') throw new HomeroomError(decision.code);
      if (decision.answer === 'wait') return await this.#wait(nonce, request);
      const { device, name, info, token } = request;
      return await this.#admit({
        device,
        name,
        info,
        tokenId: token?.id,
        seat: undefined,
        actor: systemActor,
      });
    } catch (caught) {
      return this.#refusal(nonce, request, caught);
    }
  }

  async #decideAlone(nonce: string, { device, token, info }: EnrolRequest) {
    const { policies, tokens, db, isConnected, onIdentityInUse, now = () => new Date() } = this.#options;
    const [{ policy, openUntil }, isUsable, known] = await Promise.all([
      policies.get(),
      token ? tokens.isUsable(token, nonce, device) : undefined,
      knownAs(db, device, token?.id),
    ]);
    const decision = answerEnrolment({
      policy,
      openUntil: openUntil === null ? null : new Date(openUntil),
      token: token ? (isUsable ? 'usable' : 'wrong') : 'none',
      known: known === 'away' && isConnected(device) ? 'connected' : known,
      device,
      now: now(),
    });
    if (decision.answer === 'refuse' && decision.code === 'device_identity_in_use')
      onIdentityInUse(device, info.addresses[0] ?? null);
    return decision;
  }

  async #wait(nonce: string, request: EnrolRequest): Promise<EnrolReply> {
    const id = await this.#options.waiting.add(nonce, request);
    if (id !== undefined) this.#options.changes.announce({ kind: 'enrolment', id });
    return { status: 'pending', code: request.code };
  }

  async #admit(admission: Admission): Promise<EnrolReply> {
    const { db, changes, brokerCredentials, ports, logger } = this.#options;
    const { device, tokenId } = admission;
    const { name, password, seat, givenUp } = await admitDevice(db, admission);
    changes.announce({ kind: 'credential', id: device });
    await brokerCredentials.put(device, password);
    changes.announce({ kind: 'device', id: device });
    if (seat !== null) changes.announce({ kind: 'seat', id: seat });
    for (const desktop of givenUp) changes.announce({ kind: 'desktop', id: desktop });
    if (tokenId !== undefined) changes.announce({ kind: 'join-token', id: tokenId });
    logger.info({ deviceId: device, token: tokenId, seat }, 'a device was enrolled');
    const { http, mqttTls } = ports();
    return { status: 'accepted', device, name, password, httpPort: http, mqttPort: mqttTls };
  }

  async #acceptWaiting(
    enrolment: WaitingEnrolment,
    { name, seat, actor }: { name: string | undefined; seat: string | undefined; actor: Actor },
  ): Promise<EnrolReply> {
    const { device_id: device, info } = enrolment;
    try {
      if (this.#options.isConnected(device)) throw new HomeroomError('device_identity_in_use');
      const wish = name ?? enrolment.name ?? undefined;
      return await this.#admit({ device, name: wish, info, tokenId: undefined, seat, actor });
    } catch (caught) {
      // The admin mends what was wrong and decides again.
      await this.#options.waiting.reopen(enrolment.id);
      throw caught;
    }
  }

  async #turnAway({ device_id: device }: WaitingEnrolment, actor: Actor): Promise<EnrolReply> {
    const { userId, username, address } = actor;
    const subject = { action: 'device.turn-away', subject: device, address };
    await record(this.#options.db, { actor: { id: userId, username }, ...subject });
    return refused(new HomeroomError('enrolment_denied'));
  }

  #refusal(nonce: string, { device, info }: EnrolRequest, caught: unknown): EnrolReply {
    const code = errorCodeOf(caught);
    // A fault of ours may have gone when the device asks again.
    if (errors[code].status >= 500) this.#answers.delete(nonce);
    const fields = { deviceId: device, code, address: info.addresses[0], err: toError(caught) };
    this.#options.logger.warn(fields, 'a device was not enrolled');
    return refused(caught);
  }

  #remember(nonce: string, answer: Promise<EnrolReply>): void {
    this.#answers.delete(nonce);
    this.#answers.set(nonce, answer);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > maxAnswersKept && oldest !== undefined) this.#answers.delete(oldest);
  }

  async #reply(nonce: string, reply: EnrolReply): Promise<void> {
    try {
      await this.#options.publisher.publish(topics.enrolReply(nonce), reply, { retain: false });
    } catch (caught) {
      // The device asks again, with the same nonce, and gets the same answer.
      this.#options.logger.warn({ err: toError(caught) }, 'an answer to an enrolment could not be sent');
    }
  }
}

// A token that was made after the device was revoked is an admin's word that it may come back.
const knownAsSql = `
select revoked_at is not null and not exists (
    select from join_tokens where join_tokens.id = $2 and join_tokens.created_at > devices.revoked_at
  ) as is_revoked
from devices where id = $1`;

async function knownAs(
  db: Queryable,
  device: string,
  tokenId: string | undefined,
): Promise<'no' | 'revoked' | 'away'> {
  const [row] = await db.query<{ is_revoked: boolean }>(knownAsSql, [device, tokenId ?? null]);
  if (!row) return 'no';
  return row.is_revoked ? 'revoked' : 'away';
}

function refused(caught: unknown): EnrolReply {
  const code = errorCodeOf(caught);
  const message = caught instanceof HomeroomError ? caught.detail : errors[code].title;
  return { status: 'refused', error: { code, message: message.slice(0, 200) } };
}
