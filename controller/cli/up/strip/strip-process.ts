import { mkdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { isEnrolled, untilEnrolled } from '../agent-credential.ts';
import { type AgentPlace, seatName, seatSpec } from '../child-specs.ts';
import { ProcessRecord } from '../process-record.ts';
import type { ChildListener } from '../supervised-child.ts';
import { PowerStrip } from './power-strip.ts';
import { PoweredSeat } from './powered-seat.ts';
import { killSeats } from './seats-of-strip.ts';
import { readSockets, readStripCredential, stripDir, stripId, writeSockets } from './strip-files.ts';

/** Seats enrol one after another the first time, so that Seat 1 is the first of the room. */
const enrolTimeoutMs = 15_000;
const agentGraceMs = 15_000;

export interface StripSettings extends AgentPlace {
  readonly seats: number;
  /** Of the embedded broker on this machine; undefined when there is none. */
  readonly mqttPort: number | undefined;
  /** Tells whoever started the strip how a seat's agent ended. */
  readonly tellEnd: (name: string, how: string, restartInMs: number | undefined) => void;
  readonly log: (text: string) => void;
}

/**
 * The simulated power strip with the seats on it: it is the parent of their agents, and a relay board to the controller.
 * Rules: no two agents of one seat run, also after the strip was killed; after `stop` none of its processes is left.
 */
export class StripProcess {
  readonly #settings: StripSettings;
  readonly #record: ProcessRecord;
  readonly #stopping = new AbortController();
  #seats: readonly PoweredSeat[] = [];
  #link: { stop(): Promise<void> } | undefined;
  #started: Promise<void> = Promise.resolve();

  constructor(settings: StripSettings) {
    this.#settings = settings;
    this.#record = new ProcessRecord(stripDir(settings.dataDir));
  }

  start(): Promise<void> {
    this.#started = this.#start();
    return this.#started;
  }

  /** Let every agent end in order; those that do not are killed. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#started.catch(() => undefined);
    await this.#link?.stop();
    await Promise.all(this.#seats.map((seat) => seat.stop(agentGraceMs)));
    this.#record.clear();
  }

  async #start(): Promise<void> {
    const { dataDir, seats, log } = this.#settings;
    mkdirSync(stripDir(dataDir), { recursive: true, mode: 0o700 });
    // An agent that nobody watches, on a socket that nobody switches.
    killSeats(dataDir);
    const now = () => new Date();
    this.#seats = Array.from(
      { length: seats },
      (_, index) => new PoweredSeat(seatSpec(this.#settings, index + 1), this.#listener()),
    );
    const strip = new PowerStrip({
      loads: this.#seats,
      sockets: readSockets(dataDir, seats, now()),
      keep: (sockets) => writeSockets(dataDir, sockets),
      now,
      after: (delayMs, run) =>
        void delay(delayMs, undefined, { signal: this.#stopping.signal }).then(run, () => undefined),
    });
    log(`${seats} sockets, ${strip.state.channels.filter(({ on }) => on).length} of them on`);
    await Promise.all([this.#startSeats(strip), this.#connect(strip)]);
  }

  async #startSeats(strip: PowerStrip): Promise<void> {
    const { dataDir } = this.#settings;
    const { signal } = this.#stopping;
    for (const [channel, seat] of this.#seats.entries()) {
      if (signal.aborted) return;
      if (!strip.isOn(channel)) continue;
      const name = seatName(channel + 1);
      const isNew = !isEnrolled(dataDir, name);
      await seat.set(true);
      if (isNew) await untilEnrolled(dataDir, name, { timeoutMs: enrolTimeoutMs, signal });
    }
  }

  async #connect(strip: PowerStrip): Promise<void> {
    const { dataDir, mqttPort, log } = this.#settings;
    const credential = readStripCredential(dataDir);
    if (mqttPort === undefined || !credential) return log('no broker: every socket stays as it is');
    // After the first agent was started: the library takes its time to load.
    const { RelayBoardLink } = await import('../../../mqtt/relay-board-link.ts');
    if (this.#stopping.signal.aborted) return;
    const link = new RelayBoardLink({
      url: `mqtt://127.0.0.1:${mqttPort}`,
      relay: stripId,
      credential,
      board: strip,
      log,
    });
    this.#link = link;
    link.start();
  }

  #listener(): ChildListener {
    const { log, tellEnd } = this.#settings;
    return {
      started: (name, pid) => this.#record.add(name, pid),
      endedWell: (name) => log(`${name} was shut down`),
      ended: (name, how, restartInMs) => {
        log(`${name} ended (${how})`);
        tellEnd(name, how, restartInMs);
      },
    };
  }
}
