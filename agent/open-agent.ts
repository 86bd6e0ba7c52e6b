import { openBoard } from '@homeroom/hardware';
import { Agent } from './agent.ts';
import type { KioskWiring } from './agent-options.ts';
import { systemClock } from './clock.ts';
import { isClockSynchronised } from './clock-synchronised.ts';
import type { Config } from './config/config-schema.ts';
import type { Settings } from './config/read-settings.ts';
import { discoverControllers } from './enrol/discover.ts';
import { fetchTrustedCa } from './enrol/fetch-trusted-ca.ts';
import type { DesktopHost } from './host/desktop-host-port.ts';
import type { Kiosk } from './kiosk/kiosk-port.ts';
import { connectByMqtt } from './link/mqtt-connection.ts';
import type { Log } from './log.ts';

export interface OpenAgentOptions extends Settings {
  readonly agentVersion: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What a simulated machine does to its agent when it goes down; after a reboot, whatever started the agent starts it again. */
  readonly goDown: (how: 'reboot' | 'shutdown') => void;
  readonly onLink: (status: { isConnected: boolean; text: string }) => void;
  readonly log: Log;
}

const discoverMs = 3_000;
const enrolLimits = { answerMs: 20_000, decisionMs: 600_000 };
/** Of a simulated board that was given none. */
const simulatedName = 'simulated-1';

/** Put an agent together from the real parts that the configuration names; only those are loaded. */
export async function openAgent(options: OpenAgentOptions): Promise<Agent> {
  const { config, joinToken, log } = options;
  const board = await openConfiguredBoard(options);
  const identity = await board.identity.read();
  return new Agent({
    config,
    joinToken,
    board,
    identity,
    device: config.deviceId ?? identity.deviceId,
    makeKiosk: config.kiosk === 'none' ? undefined : await kioskMaker(options),
    desktopHost: config.host ? await makeDesktopHost(config, log) : undefined,
    network: {
      connect: connectByMqtt,
      discover: (signal) => discoverControllers(discoverMs, signal),
      fetchTrustedCa,
      limits: enrolLimits,
    },
    agentVersion: options.agentVersion,
    // CLOCK_MONOTONIC: milliseconds since the machine booted.
    bootMs: () => Number(process.hrtime.bigint() / 1_000_000n),
    isClockSynchronised,
    onLink: options.onLink,
    clock: systemClock,
    chance: Math.random,
    log,
  });
}

function openConfiguredBoard({ config, environment, goDown, log }: OpenAgentOptions) {
  if (config.board === 'simulated')
    return openBoard({ kind: 'simulated', name: config.deviceId ?? simulatedName, goDown });
  return openBoard({
    kind: 'linux',
    relays: config.relays,
    hdmiSwitches: config.hdmiSwitches,
    dataDir: config.dataDir,
    environment,
    onFault: (error) => log.warn('hardware fault', { error }),
  });
}

async function kioskMaker({
  config,
  environment,
  log,
}: OpenAgentOptions): Promise<(wiring: KioskWiring) => Kiosk> {
  const { createKiosk } = await import('./kiosk/kiosk.ts');
  return (wiring) =>
    createKiosk({
      ...wiring,
      dataDir: config.dataDir,
      allowedOrigins: config.kioskOrigins,
      headless: config.kioskHeadless,
      size: config.kioskSize,
      environment,
      log: log.child({ part: 'kiosk' }),
      clock: systemClock,
    });
}

async function makeDesktopHost(config: Config, log: Log): Promise<DesktopHost> {
  const { createDesktopHost } = await import('./host/desktop-host.ts');
  return createDesktopHost({
    dataDir: config.dataDir,
    capacity: config.hostCapacity,
    streams: config.hostStreams,
    log: log.child({ part: 'host' }),
    clock: systemClock,
  });
}
