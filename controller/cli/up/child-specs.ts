import { join } from 'node:path';
import type { ChildSpec } from './supervised-child.ts';

/** Where things are and what was asked for. */
export interface Layout {
  /** The checkout. */
  readonly root: string;
  readonly dataDir: string;
  /** The environment of `up`, with its options laid over. */
  readonly environment: Readonly<NodeJS.ProcessEnv>;
}

/** What an agent needs to find its controller. */
export interface AgentPlace extends Layout {
  /** Where the broker listens with TLS. */
  readonly mqttTlsPort: number;
  /** Of an external broker; undefined for the controller's own. */
  readonly brokerHost: string | undefined;
  /** Undefined for an agent that has its credential already. */
  readonly joinToken: string | undefined;
  readonly kiosk: boolean;
}

/** @returns how the controller is started. */
export function controllerSpec({ root, dataDir, environment }: Layout): ChildSpec {
  return {
    name: 'controller',
    args: [join(root, 'controller/main.ts'), '--announce'],
    env: { ...environment, HOMEROOM_DATA_DIR: dataDir },
    logFile: join(dataDir, 'logs/controller.log'),
  };
}

/** @returns how the agent that runs desktops on this machine is started. */
export function hostSpec(place: AgentPlace): ChildSpec {
  return agentSpec(place, 'host', ['--host'], {
    HOMEROOM_NAME: 'This machine',
    // The gateway runs on this machine too, so it reaches a desktop by its Unix socket.
    HOMEROOM_HOST_STREAMS: 'local',
    // `up` was asked to end everything, so nothing of it may stay; a crash of the agent keeps the desktops.
    HOMEROOM_HOST_END_WITH_AGENT: 'on',
    HOMEROOM_KIOSK: 'none',
  });
}

/**
 * @param number from 1
 * @returns how the agent of a simulated seat is started
 */
export function seatSpec(place: AgentPlace, number: number): ChildSpec {
  const spec = agentSpec(place, seatName(number), [], {
    HOMEROOM_NAME: `Seat ${number}`,
    HOMEROOM_DEVICE_ID: seatName(number),
    HOMEROOM_BOARD: 'simulated',
    HOMEROOM_KIOSK: place.kiosk ? 'chromium' : 'none',
    HOMEROOM_KIOSK_HEADLESS: 'on',
  });
  return { ...spec, mayEnd: true };
}

/** @returns how the power strip of the simulated seats is started, which starts their agents */
export function stripSpec(place: AgentPlace & { seats: number; mqttPort: number | undefined }): ChildSpec {
  const { dataDir, environment, joinToken } = place;
  return {
    name: 'strip',
    args: [
      join(import.meta.dirname, 'strip/main.ts'),
      ...['--root', place.root, '--data', dataDir, '--seats', String(place.seats)],
      ...['--mqtt-tls-port', String(place.mqttTlsPort)],
      ...(place.mqttPort === undefined ? [] : ['--mqtt-port', String(place.mqttPort)]),
      ...(place.brokerHost === undefined ? [] : ['--broker', place.brokerHost]),
      ...(place.kiosk ? [] : ['--no-kiosk']),
    ],
    env: {
      ...withoutControllerSettings(environment),
      ...(joinToken === undefined ? {} : { HOMEROOM_JOIN_TOKEN: joinToken }),
    },
    logFile: join(dataDir, 'logs/strip.log'),
  };
}

/** @returns the name of a simulated seat's agent; it is its device id, too */
export function seatName(number: number): string {
  return `seat-${number}`;
}

/** The folder of an agent's own data. */
export function agentDataDir(dataDir: string, name: string): string {
  return join(dataDir, 'agents', name);
}

function agentSpec(place: AgentPlace, name: string, args: string[], own: NodeJS.ProcessEnv): ChildSpec {
  const { root, dataDir, environment, mqttTlsPort, brokerHost, joinToken } = place;
  return {
    name,
    args: [join(root, 'agent/homeroom-agent.mjs'), ...args],
    env: {
      ...withoutControllerSettings(environment),
      HOMEROOM_CONTROLLER: `127.0.0.1:${mqttTlsPort}`,
      ...(brokerHost === undefined ? {} : { HOMEROOM_BROKER: `${brokerHost}:${mqttTlsPort}` }),
      HOMEROOM_DATA_DIR: agentDataDir(dataDir, name),
      ...(joinToken === undefined ? {} : { HOMEROOM_JOIN_TOKEN: joinToken }),
      ...own,
    },
    logFile: join(dataDir, `logs/${name}.log`),
  };
}

/** The controller's secrets and ports are none of an agent's business. */
function withoutControllerSettings(environment: Readonly<NodeJS.ProcessEnv>): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => !name.startsWith('HOMEROOM_') || name === 'HOMEROOM_LOG_LEVEL',
    ),
  );
}
