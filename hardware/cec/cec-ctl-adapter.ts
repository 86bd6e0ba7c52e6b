/**
 * A kernel CEC device, driven by `cec-ctl`.
 * - It is claimed as a Playback device, and only while nobody else has claimed it: another type would
 *   make this machine an audio system, and televisions mute themselves for one.
 * - The kernel keeps the place on the bus after `cec-ctl` has ended, and takes it again after a plug.
 * - Whether the television shows us is known from what we sent and what the bus says; nobody can be asked.
 */
import { HomeroomError } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import { type CommandRunner, describeOutcome } from '../process/command-runner.ts';
import { RespawnedProcess } from '../process/respawned-process.ts';
import type { CecAdapter, CecAdapterState } from './cec-adapter.ts';
import {
  type CecAdapterInfo,
  isNotAcknowledged,
  parseAdapterInfo,
  parsePowerReply,
  parseTelevision,
} from './cec-ctl-output.ts';
import { parseCecMonitorLine } from './cec-monitor-line.ts';
import type { CecAction } from './cec-port.ts';

/** Three messages, each with a second for its answer and the bus's own retries. */
const timeoutMs = 6_000;
const osdName = 'Homeroom';
/** Taking a place is news on the bus, and news makes us look: where none is free that must not go round. */
const claimAgainMs = 10_000;

export interface CecCtlAdapterOptions {
  readonly commands: CommandRunner;
  readonly clock: Clock;
  /** `/dev/cec0`. */
  readonly device: string;
  readonly name: string;
  /** Finds the connector's name, `HDMI-A-1`. */
  readonly findConnector: (info: CecAdapterInfo) => Promise<string | null>;
  readonly onFault: (fault: Error) => void;
}

export class CecCtlAdapter implements CecAdapter {
  readonly name: string;
  readonly #options: CecCtlAdapterOptions;
  #television: CecAdapterState['television'] = null;
  #isActiveSource: boolean | null = null;
  #physicalAddress: string | null = null;
  #isSourceChanging = false;
  #triedToClaimMs = Number.NEGATIVE_INFINITY;
  #monitor: RespawnedProcess | undefined;

  constructor(options: CecCtlAdapterOptions) {
    this.name = options.name;
    this.#options = options;
  }

  async look(): Promise<CecAdapterState> {
    const info = await this.#claim();
    if (info instanceof HomeroomError) return this.#state('error', null, null, info.detail);
    const connector = await this.#options.findConnector(info);
    this.#physicalAddress = info.physicalAddress;
    if (info.physicalAddress === null) return this.#gone('no-link', connector);
    if (!info.isClaimed)
      return this.#state('unknown', connector, info.physicalAddress, 'no address on the CEC bus is free');
    const questions = this.#television ? [] : ['--give-device-vendor-id', '--give-osd-name'];
    const said = await this.#send(['--to', '0', '--give-device-power-status', ...questions]);
    if (said instanceof HomeroomError)
      return this.#state('error', connector, info.physicalAddress, said.detail);
    const power = parsePowerReply(said);
    if (power === 'no-peer') return this.#gone('no-peer', connector);
    if (!this.#television && power !== 'unknown') this.#television = parseTelevision(said);
    return this.#state(power, connector, info.physicalAddress);
  }

  async command(action: CecAction, signal?: AbortSignal): Promise<void> {
    const info = await this.#claim(signal);
    if (info instanceof HomeroomError) throw info;
    if (info.physicalAddress === null)
      throw new HomeroomError('hardware_absent', `${this.name} has no link to a screen`);
    const said = await this.#send(messageOf(action, info.physicalAddress), signal);
    if (said instanceof HomeroomError) throw said;
    if (isNotAcknowledged(said))
      throw new HomeroomError('hardware_failed', `no television answered on ${this.name}`);
    if (action === 'active-source') this.#isActiveSource = true;
    if (action === 'standby') this.#isActiveSource = false;
  }

  start(poke: () => void): void {
    this.#monitor ??= new RespawnedProcess({
      ...this.#options,
      file: 'cec-ctl',
      args: ['--device', this.#options.device, '--skip-info', '--monitor'],
      onLine: (line) => this.#onLine(line, poke),
    });
    this.#monitor.start();
  }

  async stop(): Promise<void> {
    await this.#monitor?.stop();
  }

  #onLine(line: string, poke: () => void): void {
    const read = parseCecMonitorLine(line);
    if (read.kind === 'source-change') this.#isSourceChanging = true;
    if (read.kind === 'address' && this.#isSourceChanging) {
      this.#isSourceChanging = false;
      this.#isActiveSource = read.physicalAddress === this.#physicalAddress;
    }
    if (read.kind === 'news' || read.kind === 'address') poke();
  }

  /** Read who we are on the bus, after taking a place on it if there is a link and no place yet. */
  async #claim(signal?: AbortSignal): Promise<CecAdapterInfo | HomeroomError> {
    const info = await this.#readInfo([], signal);
    if (info instanceof HomeroomError || info.isClaimed || info.physicalAddress === null) return info;
    const nowMs = this.#options.clock.monotonicMs();
    if (nowMs - this.#triedToClaimMs < claimAgainMs) return info;
    this.#triedToClaimMs = nowMs;
    return this.#readInfo(['--playback', '--osd-name', osdName], signal);
  }

  async #readInfo(args: string[], signal?: AbortSignal): Promise<CecAdapterInfo | HomeroomError> {
    const said = await this.#run(args, signal);
    if (said instanceof HomeroomError) return said;
    return (
      parseAdapterInfo(said) ?? new HomeroomError('hardware_failed', 'cec-ctl told nothing of the adapter')
    );
  }

  #send(args: string[], signal?: AbortSignal): Promise<string | HomeroomError> {
    return this.#run(['--skip-info', ...args], signal);
  }

  /** @returns what the tool printed, or why it did not work; a fault is part of the state, so it is no throw. */
  async #run(args: string[], signal?: AbortSignal): Promise<string | HomeroomError> {
    const { commands, device } = this.#options;
    const outcome = await commands.run('cec-ctl', ['--device', device, ...args], {
      timeoutMs,
      ...(signal ? { signal } : {}),
    });
    if (outcome.kind === 'exited' && outcome.exitCode === 0) return outcome.stdout;
    return new HomeroomError('hardware_failed', describeOutcome('cec-ctl', outcome));
  }

  #gone(power: 'no-link' | 'no-peer', connector: string | null): CecAdapterState {
    this.#television = null;
    this.#isActiveSource = null;
    return this.#state(power, connector, this.#physicalAddress);
  }

  #state(
    power: CecAdapterState['power'],
    connector: string | null,
    physicalAddress: string | null,
    fault?: string,
  ): CecAdapterState {
    return {
      name: this.name,
      connector,
      power,
      physicalAddress,
      isActiveSource: this.#isActiveSource,
      television: this.#television,
      ...(fault === undefined ? {} : { error: { code: 'hardware_failed', message: fault.slice(0, 200) } }),
    };
  }
}

/** CEC 1.4, CEC 13.1 and 13.2: a source wakes with Image View On, and tells everybody when it is the active one. */
function messageOf(action: CecAction, physicalAddress: string): string[] {
  switch (action) {
    case 'on':
      return ['--to', '0', '--image-view-on'];
    case 'standby':
      return ['--to', '0', '--standby'];
    case 'active-source':
      return ['--to', '15', '--active-source', `phys-addr=${physicalAddress}`];
  }
}
