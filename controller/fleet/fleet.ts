/**
 * The fleet as a whole: devices, rooms and seats, enrolment, desired state. This file only puts its parts
 * together; each has its own rules. Order of life: `start` before the broker opens, `stop` after it closed.
 */
import type { Device, DeviceState, Session } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { AlertBook } from './alert-book.ts';
import { DesiredReconciler } from './desired-reconciler.ts';
import { DeviceAlerts } from './device-alerts.ts';
import type { DeviceCredentials } from './device-credentials.ts';
import { DeviceMessages } from './device-messages.ts';
import { DeviceStore } from './device-store.ts';
import { Devices } from './devices.ts';
import { EnrolmentPolicies } from './enrolment-policy.ts';
import { Enrolments } from './enrolments.ts';
import { Identifying } from './identifying.ts';
import { IdentityWatch } from './identity-watch.ts';
import { JoinTokens } from './join-tokens.ts';
import { KioskViews } from './kiosk-views.ts';
import type { Messaging } from './ports.ts';
import type { Presence } from './presence.ts';
import { Rooms } from './rooms.ts';
import { SilenceSweeper } from './silence-sweeper.ts';
import { Snapshots } from './snapshots.ts';
import { WaitingEnrolments } from './waiting-enrolments.ts';

export interface FleetOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly logger: Logger;
  readonly messaging: Messaging;
  readonly presence: Presence;
  readonly credentials: DeviceCredentials;
  readonly sessions: {
    get(id: string): Promise<Session | undefined>;
    seatUsed(device: string, at: Date): Promise<void>;
  };
  readonly caSha256: string;
  /** Where devices are told to go; asked when one is let in. */
  readonly ports: () => { http: number; mqttTls: number };
  readonly now?: () => Date;
}

const sweepMs = 15_000;

export class Fleet {
  readonly devices: Devices;
  readonly rooms: Rooms;
  readonly enrolments: Enrolments;
  readonly joinTokens: JoinTokens;
  readonly snapshots: Snapshots;
  readonly kioskViews: KioskViews;
  readonly presence: Presence;
  readonly store: DeviceStore;
  readonly #options: FleetOptions;
  readonly #now: () => Date;
  readonly #book = new AlertBook();
  readonly #alerts: DeviceAlerts;
  readonly #identities: IdentityWatch;
  readonly #identifying: Identifying;
  readonly #messages: DeviceMessages;
  readonly #desired: DesiredReconciler;
  readonly #silence: SilenceSweeper;
  #leave: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(options: FleetOptions) {
    const { db, changes, logger, messaging, presence } = options;
    const { publisher } = messaging;
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
    const nowMs = () => this.#now().getTime();
    this.presence = presence;
    this.#identities = new IdentityWatch({ nowMs });
    this.#identifying = new Identifying((device) => changes.announce({ kind: 'device', id: device }));
    this.store = new DeviceStore({ db, changes, logger, onUnknown: (device) => void this.#forget(device) });
    this.#alerts = new DeviceAlerts({ book: this.#book, store: this.store, now: this.#now });
    this.rooms = new Rooms({ db, changes });
    this.devices = this.#createDevices();
    this.joinTokens = this.#createJoinTokens();
    this.enrolments = this.#createEnrolments();
    this.snapshots = new Snapshots({ commands: messaging.commands, nowMs });
    this.kioskViews = this.#createKioskViews();
    this.#desired = new DesiredReconciler({ db, changes, publisher, logger });
    this.#silence = new SilenceSweeper({ presence, publisher, logger, now: this.#now });
    this.#messages = this.#createMessages();
  }

  /** @throws database_unavailable */
  async start(): Promise<void> {
    await this.#options.credentials.start();
    await this.rooms.ensureFirst();
    await this.#restore();
    const { messaging } = this.#options;
    this.#leave = [
      messaging.onMessage((message) => this.#messages.handle(message)),
      messaging.onConnected(() => this.#desired.publishAll()),
      messaging.onDeviceConnected((device, address) => this.#identities.connected(device, address)),
      messaging.onPublishRefused(({ device, topic, code }) =>
        this.#alerts.raise(
          device,
          'publish_refused',
          `What it published${topic === undefined ? '' : ` to ${topic}`} was refused: ${code}.`,
        ),
      ),
      this.#hearIdentify(),
    ];
    this.#desired.start();
    this.joinTokens.start();
    this.#timer = setInterval(() => this.#sweep(), sweepMs);
  }

  /**
   * Where another process hears the devices and keeps what they say: what people ask about them is answered here too.
   *
   * @throws database_unavailable
   */
  async startBesideKeeper(): Promise<void> {
    await this.#options.credentials.start();
    await this.rooms.ensureFirst();
    this.#leave = [this.#hearIdentify()];
  }

  /** Write what waits to be written. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    for (const leave of this.#leave) leave();
    this.joinTokens.stop();
    this.#identifying.stop();
    this.#options.credentials.stop();
    await this.#desired.stop();
    await this.store.stop();
  }

  #hearIdentify(): () => void {
    return this.#options.messaging.onCommandSent((device, name, args) => {
      if (name === 'identify' && 'seconds' in args) this.#identifying.begin(device, Number(args.seconds));
    });
  }

  async #restore(): Promise<void> {
    const rows = await this.#options.db.query<{
      id: string;
      state: DeviceState | null;
      alerts: Device['alerts'];
    }>('select id, state, alerts from devices where revoked_at is null');
    for (const { id, state, alerts } of rows) {
      if (state) this.presence.restore(id, state, this.#now().getTime());
      this.#book.restore(id, alerts);
    }
  }

  #sweep(): void {
    this.#silence.sweep();
    this.#alerts.sweep();
    this.#identities.sweep();
  }

  /** A device without a row has said something: what the broker keeps of it is cleared. */
  async #forget(device: string): Promise<void> {
    this.presence.forget(device);
    this.#identities.forget(device);
    this.#book.forget(device);
    await this.devices.clearTopics(device);
  }

  #createDevices(): Devices {
    const { db, changes, credentials, messaging, logger } = this.#options;
    return new Devices({
      db,
      changes,
      credentials,
      brokerCredentials: messaging.credentials,
      publisher: messaging.publisher,
      logger,
      onRemoved: (device) => {
        this.presence.forget(device);
        this.#identities.forget(device);
        this.#book.forget(device);
      },
    });
  }

  #createJoinTokens(): JoinTokens {
    const { db, changes, messaging, caSha256, logger } = this.#options;
    return new JoinTokens({ db, changes, brokerCredentials: messaging.credentials, caSha256, logger });
  }

  #createEnrolments(): Enrolments {
    const { db, changes, messaging, logger, ports } = this.#options;
    return new Enrolments({
      db,
      changes,
      logger,
      ports,
      now: this.#now,
      policies: new EnrolmentPolicies({ db, now: this.#now }),
      waiting: new WaitingEnrolments({ db }),
      tokens: this.joinTokens,
      brokerCredentials: messaging.credentials,
      publisher: messaging.publisher,
      isConnected: (device) => this.presence.isConnected(device),
      onIdentityInUse: (device, address) =>
        this.#alerts.raise(
          device,
          'identity_conflict',
          `Another machine${address === null ? '' : ` (${address})`} asked to be enrolled as this one while it was here.`,
        ),
    });
  }

  #createKioskViews(): KioskViews {
    const { db, sessions } = this.#options;
    return new KioskViews({ db, sessions, isIdentifying: (device) => this.#identifying.has(device) });
  }

  #createMessages(): DeviceMessages {
    const { messaging, logger, presence, sessions } = this.#options;
    return new DeviceMessages({
      presence,
      store: this.store,
      alerts: this.#alerts,
      identities: this.#identities,
      enrolments: this.enrolments,
      messaging,
      seatUsed: (device, at) => sessions.seatUsed(device, at),
      logger,
      nowMs: () => this.#now().getTime(),
    });
  }
}
