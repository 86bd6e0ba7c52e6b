import { type Board, capabilitiesOf } from '@homeroom/hardware';
import type { DeviceInfo, DeviceStateLeaf, DeviceStatePayload, Host } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import type { DesktopHost } from '../host/desktop-host-port.ts';
import type { Log } from '../log.ts';
import { cecEvents } from './cec-events.ts';
import type { Happening } from './happening.ts';
import { hdmiEvents } from './hdmi-events.ts';
import { HealthReporter } from './health-reporter.ts';
import { hostEvents } from './host-events.ts';
import { inputEvents } from './input-events.ts';
import { Periodic } from './periodic.ts';
import { relayEvents } from './relay-events.ts';
import { StateReporter, type StateReporterOptions } from './state-reporter.ts';

export interface ReportersOptions {
  readonly board: Board;
  readonly hasKiosk: boolean;
  /** Undefined on a device that is no host. */
  readonly desktopHost: Pick<DesktopHost, 'report' | 'onChange'> | undefined;
  readonly agentVersion: string;
  readonly publish: <Leaf extends DeviceStateLeaf>(leaf: Leaf, state: DeviceStatePayload[Leaf]) => void;
  readonly tell: (happening: Happening) => void;
  readonly clock: Clock;
  readonly log: Log;
}

/** The controller takes a device as lost after three of these without a word. */
const healthIntervalMs = 30_000;
/** An address may change with the network; nothing tells of it. */
const infoIntervalMs = 60_000;

interface Part {
  start(): void;
  stop(): void | Promise<void>;
}

/** Everything that the device says of itself without being asked. */
export class Reporters {
  readonly #options: ReportersOptions;
  readonly #parts: readonly Part[];
  #lastInfo = '';

  constructor(options: ReportersOptions) {
    this.#options = options;
    const { board, desktopHost, clock, log } = options;
    this.#parts = [
      ...this.#watch('hdmi', board.hdmi, hdmiEvents),
      ...this.#watch('cec', board.cec, cecEvents),
      ...this.#watch('input', board.input, inputEvents),
      ...this.#watch('relays', board.relays, relayEvents),
      ...(desktopHost ? this.#watch('host', hostSource(desktopHost), hostEvents) : []),
      new HealthReporter({
        intervalMs: healthIntervalMs,
        onChange: board.health.onChange?.bind(board.health),
        report: () => this.#reportHealth(),
        clock,
        log,
      }),
      new Periodic({ name: 'info', intervalMs: infoIntervalMs, run: () => this.#reportInfo(), clock, log }),
    ];
  }

  /** To be called before the board starts: it tells its first states then. */
  start(): void {
    for (const part of this.#parts) part.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#parts.map((part) => part.stop()));
  }

  /** @returns what the device is. */
  async info(): Promise<DeviceInfo> {
    const { board, hasKiosk, desktopHost, agentVersion } = this.#options;
    const { info } = await board.identity.read();
    const capabilities: DeviceInfo['capabilities'] = [
      ...(hasKiosk ? (['kiosk'] as const) : []),
      ...capabilitiesOf(board),
      ...(desktopHost ? (['host'] as const) : []),
    ];
    return { ...info, agentVersion, capabilities };
  }

  async #reportInfo(): Promise<void> {
    const info = await this.info();
    const text = JSON.stringify(info);
    if (text === this.#lastInfo) return;
    this.#lastInfo = text;
    this.#options.publish('info', info);
  }

  /** With it goes the host's report: its load changes without any event. */
  async #reportHealth(): Promise<void> {
    const { board, desktopHost, publish } = this.#options;
    if (desktopHost) publish('host', desktopHost.report);
    publish('health', await board.health.read());
  }

  #watch<Leaf extends DeviceStateLeaf>(
    leaf: Leaf,
    source: { present: true; port: StateReporterOptions<Leaf>['source'] } | { present: false },
    eventsOf: NonNullable<StateReporterOptions<Leaf>['eventsOf']>,
  ): Part[] {
    const { publish, tell, clock } = this.#options;
    return source.present
      ? [new StateReporter({ leaf, source: source.port, eventsOf, publish, tell, clock })]
      : [];
  }
}

function hostSource(desktopHost: Pick<DesktopHost, 'report' | 'onChange'>) {
  const onChange = (listener: (host: Host) => void) =>
    desktopHost.onChange(() => listener(desktopHost.report));
  return { present: true, port: { onChange } } as const;
}
