import { createHash } from 'node:crypto';
import type { DeviceCommands } from './ports.ts';

export interface Snapshot {
  readonly jpeg: Buffer;
  /** ISO 8601, by the device's clock. */
  readonly takenAt: string;
  /** The same for the same picture: a screen on which nothing moves is not sent twice. */
  readonly etag: string;
}

interface Shot {
  readonly askedAtMs: number;
  readonly picture: Promise<Snapshot>;
  isDone: boolean;
}

export interface SnapshotsOptions {
  readonly commands: DeviceCommands;
  readonly nowMs?: () => number;
}

const everyMs = 1_000;

/**
 * What thirty of them a second cost a teacher's line: at most 5 Mbit/s, with all that goes around them. One size for all
 * who look, since the picture is shared.
 */
const size = { width: 400, maxBytes: 19_000 };

/**
 * Pictures of kiosks, taken only when somebody looks: at most one a second for each device, shared by all
 * who look.
 */
export class Snapshots {
  readonly #commands: DeviceCommands;
  readonly #nowMs: () => number;
  readonly #shots = new Map<string, Shot>();

  constructor({ commands, nowMs = Date.now }: SnapshotsOptions) {
    this.#commands = commands;
    this.#nowMs = nowMs;
  }

  /** @throws device_offline, command_timeout, or what the device answered, such as hardware_absent */
  get(device: string): Promise<Snapshot> {
    const nowMs = this.#nowMs();
    const last = this.#shots.get(device);
    if (last && (!last.isDone || nowMs - last.askedAtMs < everyMs)) return last.picture;
    this.#forgetOld(nowMs);
    const shot: Shot = { askedAtMs: nowMs, picture: this.#take(device), isDone: false };
    this.#shots.set(device, shot);
    const done = () => {
      shot.isDone = true;
    };
    shot.picture.then(done, done);
    return shot.picture;
  }

  async #take(device: string): Promise<Snapshot> {
    const { base64, takenAt } = await this.#commands.send(device, 'screenshot', size);
    const jpeg = Buffer.from(base64, 'base64');
    return { jpeg, takenAt, etag: `"${createHash('sha256').update(jpeg).digest('base64url').slice(0, 27)}"` };
  }

  /** Pictures are large and nobody asks for an old one. */
  #forgetOld(nowMs: number): void {
    for (const [device, { askedAtMs, isDone }] of this.#shots)
      if (isDone && nowMs - askedAtMs >= everyMs) this.#shots.delete(device);
  }
}
