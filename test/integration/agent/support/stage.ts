import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from '@homeroom/agent/agent.ts';
import type { AgentOptions } from '@homeroom/agent/agent-options.ts';
import { systemClock } from '@homeroom/agent/clock.ts';
import { fetchTrustedCa } from '@homeroom/agent/enrol/fetch-trusted-ca.ts';
import { connectByMqtt } from '@homeroom/agent/link/mqtt-connection.ts';
import { silentLog } from '@homeroom/agent/log.ts';
import { type Certificates, loadOrCreateCertificates } from '@homeroom/controller/fleet/certificates.ts';
import { type Board, openBoard } from '@homeroom/hardware';
import {
  claimUserName,
  createJoinSecret,
  formatJoinToken,
  openClaimPassword,
  parseJoinToken,
} from '@homeroom/protocol/join-token';
import { FakeController } from './fake-controller.ts';
import { FakeKiosk } from './fake-kiosk.ts';
import { Mosquitto } from './mosquitto.ts';

export const devicePassword = 'device-password-of-24-chars';
const controllerPassword = 'controller-password';

export interface RunningAgent {
  readonly agent: Agent;
  readonly board: Board;
  readonly kiosk: FakeKiosk;
  readonly dataDir: string;
}

/** A broker, a played controller and as many agents as a test starts; all of it is gone after `end`. */
export class Stage {
  readonly dir: string;
  readonly certificates: Certificates;
  readonly broker: Mosquitto;
  readonly joinToken: string;
  readonly network: AgentOptions['network'] = {
    connect: connectByMqtt,
    discover: async () => [],
    fetchTrustedCa,
    limits: { answerMs: 30_000, decisionMs: 30_000 },
  };
  readonly #agents: Agent[] = [];
  #controller: FakeController | undefined;

  constructor(dir: string, certificates: Certificates, secret: string, devices: readonly string[]) {
    this.dir = dir;
    this.certificates = certificates;
    this.joinToken = formatJoinToken({ caSha256: certificates.caSha256, secret });
    this.broker = new Mosquitto({
      dir,
      certificates,
      users: {
        controller: controllerPassword,
        claim: openClaimPassword,
        [claimUserName(secret)]: secret,
        ...Object.fromEntries(devices.map((device) => [device, devicePassword])),
      },
    });
  }

  /** @param devices ids that the broker knows, with {@link devicePassword} */
  static async open(...devices: string[]): Promise<Stage> {
    const dir = await mkdtemp(join(tmpdir(), 'homeroom-agent-'));
    const certificates = await loadOrCreateCertificates(join(dir, 'tls'), { names: ['127.0.0.1'] });
    const stage = new Stage(dir, certificates, createJoinSecret(), devices);
    await stage.broker.start();
    await stage.controllerBack();
    return stage;
  }

  get controller(): FakeController {
    if (!this.#controller) throw new Error('the controller is not connected');
    return this.#controller;
  }

  /** Connect the controller, again after the broker was killed; it takes in every device that asks. */
  async controllerBack(): Promise<void> {
    await this.#controller?.end();
    this.#controller = await FakeController.connect(this.broker.plainPort, controllerPassword);
    this.#controller.onEnrol = ({ device }) => [
      {
        status: 'accepted',
        device,
        name: device,
        password: devicePassword,
        httpPort: 8080,
        mqttPort: this.broker.tlsPort,
      },
    ];
  }

  /** Start an agent with a simulated board; `bent` replaces what a test wants otherwise. */
  async agent(
    device: string,
    bent: Partial<AgentOptions> & { dataDir?: string } = {},
  ): Promise<RunningAgent> {
    const board = await openBoard({ kind: 'simulated', name: device, goDown: () => undefined });
    const kiosk = new FakeKiosk();
    const dataDir = bent.dataDir ?? join(this.dir, 'agents', device);
    const agent = new Agent({
      config: {
        dataDir,
        controller: { host: '127.0.0.1', mqttPort: this.broker.tlsPort },
        name: undefined,
        hostEndWithAgent: false,
      },
      joinToken: parseJoinToken(this.joinToken),
      board,
      identity: await board.identity.read(),
      device,
      makeKiosk: () => kiosk,
      desktopHost: undefined,
      network: this.network,
      agentVersion: '0.0.0',
      bootMs: () => performance.now(),
      isClockSynchronised: () => true,
      onLink: () => undefined,
      clock: systemClock,
      chance: () => 0,
      log: silentLog,
      ...bent,
    });
    this.#agents.push(agent);
    await agent.start();
    return { agent, board, kiosk, dataDir };
  }

  async end(): Promise<void> {
    await Promise.all(this.#agents.map((agent) => agent.stop()));
    await this.#controller?.end();
    await this.broker.kill();
    await rm(this.dir, { recursive: true, force: true });
  }
}
