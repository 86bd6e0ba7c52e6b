/**
 * What the fleet does with each message of a device: notes that it is here, keeps what it says, and raises
 * alerts. Everything here is quick and in memory; what must be written is handed on.
 */
import {
  type DeviceInfo,
  type DeviceState,
  type DeviceStateLeaf,
  type EnrolRequest,
  type Event,
  type Health,
  type Input,
  toError,
  topics,
} from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { DeviceAlerts } from './device-alerts.ts';
import type { DeviceStore } from './device-store.ts';
import type { Enrolments } from './enrolments.ts';
import { conflictMessage, type IdentityConflict } from './identity-conflict.ts';
import type { IdentityWatch } from './identity-watch.ts';
import type { FleetMessage, Messaging } from './ports.ts';
import type { Presence } from './presence.ts';

export interface DeviceMessagesOptions {
  readonly presence: Presence;
  readonly store: Pick<DeviceStore, 'put'>;
  readonly alerts: DeviceAlerts;
  readonly identities: IdentityWatch;
  readonly enrolments: Pick<Enrolments, 'handle'>;
  readonly messaging: Pick<Messaging, 'publisher' | 'deviceLeft'>;
  /** Somebody used the keyboard or the mouse of a device's seat. */
  readonly seatUsed: (device: string, at: Date) => Promise<void>;
  readonly logger: Logger;
  readonly nowMs: () => number;
}

/** Claims ask again by themselves; a flood of them must not pile up in front of the database. */
const maxEnrolmentsAtOnce = 200;

export class DeviceMessages {
  readonly #options: DeviceMessagesOptions;
  #enrolmentsUnderWay = 0;

  constructor(options: DeviceMessagesOptions) {
    this.#options = options;
  }

  /** Take one message. Never throws. */
  handle({ parsed, value, isReplay }: FleetMessage): void {
    if (parsed.kind === 'enrol-request') this.#enrol(parsed.nonce, value as EnrolRequest);
    else if (parsed.kind === 'event') this.#event(parsed.device, parsed.name, value as Event);
    else if (parsed.kind === 'device' && parsed.leaf !== 'desired')
      this.#reported(parsed.device, parsed.leaf, value, isReplay);
  }

  #reported(device: string, leaf: DeviceStateLeaf, value: unknown, isReplay: boolean): void {
    // A replay says nothing about whether the device is there now.
    if (!isReplay) this.#options.presence.heard(device, this.#options.nowMs());
    if (leaf === 'state') this.#state(device, value as DeviceState, isReplay);
    else this.#keep(device, leaf, value, isReplay);
  }

  #state(device: string, state: DeviceState, isReplay: boolean): void {
    const { presence, store, identities, messaging, nowMs } = this.#options;
    const known = presence.stateOf(device);
    if (!presence.accept(device, state, { isReplay, nowMs: nowMs() })) {
      this.#repairRetained(device, known);
      return;
    }
    store.put(device, 'state', state);
    if (state.state !== 'ready') messaging.deviceLeft(device);
    else if (!isReplay && isNewArrival(state, known))
      this.#tellConflict(device, identities.arrived(device, state));
  }

  #keep(device: string, leaf: Exclude<DeviceStateLeaf, 'state'>, value: unknown, isReplay: boolean): void {
    const { store, alerts, identities } = this.#options;
    store.put(device, leaf, value);
    if (isReplay) return;
    if (leaf === 'health') alerts.health(device, value as Health);
    if (leaf === 'input') this.#used(device, value as Input);
    if (leaf === 'info') this.#tellConflict(device, identities.described(device, value as DeviceInfo));
  }

  #used(device: string, { lastUsedAt }: Input): void {
    if (lastUsedAt === undefined) return;
    const { seatUsed, logger } = this.#options;
    seatUsed(device, new Date(lastUsedAt)).catch((caught) =>
      logger.warn({ err: toError(caught), deviceId: device }, 'the use of a seat could not be noted'),
    );
  }

  #event(device: string, name: string, event: Event): void {
    const { presence, alerts, logger, nowMs } = this.#options;
    presence.heard(device, nowMs());
    logger.info({ deviceId: device, event: name, message: event.message }, 'a device told of an event');
    if (name === 'disk.full') alerts.raise(device, 'disk_full', `Its disk is full: ${event.message}`);
  }

  #tellConflict(device: string, conflict: IdentityConflict | undefined): void {
    if (!conflict) return;
    const { alerts, logger } = this.#options;
    logger.warn({ deviceId: device, addresses: conflict.addresses }, 'two machines use one identity');
    alerts.raise(device, 'identity_conflict', conflictMessage(conflict));
  }

  #enrol(nonce: string, request: EnrolRequest): void {
    if (this.#enrolmentsUnderWay >= maxEnrolmentsAtOnce) return;
    this.#enrolmentsUnderWay += 1;
    void this.#options.enrolments.handle(nonce, request).finally(() => {
      this.#enrolmentsUnderWay -= 1;
    });
  }

  /** A will that came late has replaced the retained state: put back what holds. */
  #repairRetained(device: string, known: DeviceState | undefined): void {
    if (!known) return;
    const { publisher } = this.#options.messaging;
    publisher.publish(topics.device(device, 'state'), known, { retain: true }).catch((caught) => {
      this.#options.logger.warn(
        { err: toError(caught), deviceId: device },
        'a late will could not be corrected',
      );
    });
  }
}

function isNewArrival(state: DeviceState, known: DeviceState | undefined): boolean {
  return known?.state !== 'ready' || known.bootId !== state.bootId || known.connection !== state.connection;
}
