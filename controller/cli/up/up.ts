import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toError } from '@homeroom/protocol';
import type { Config } from '../../config-keys.ts';
import { type FolderLock, lockFolder } from '../../start/folder-lock.ts';
import { isEnrolledBy, untilEnrolled } from './agent-credential.ts';
import { type AgentPlace, controllerSpec, hostSpec, type Layout, stripSpec } from './child-specs.ts';
import { ControllerApi } from './controller-api.ts';
import { ControllerChild } from './controller-child.ts';
import { checkPorts, type WantedPort } from './free-ports.ts';
import { hostJoinToken, seatJoinToken } from './join-tokens.ts';
import { Leftovers } from './leftovers.ts';
import type { UpOptions } from './options.ts';
import { ProcessRecord } from './process-record.ts';
import type { ReadyLine } from './ready-line.ts';
import { registerStrip, wireStrip } from './register-strip.ts';
import { parseSeatEndLine } from './strip/seat-end-line.ts';
import { killSeats, poweredSeats } from './strip/seats-of-strip.ts';
import { type ChildListener, type ChildSpec, SupervisedChild } from './supervised-child.ts';
import type { Terminal } from './terminal.ts';
import { untilBroker } from './until-broker.ts';
import { untilConnected } from './until-connected.ts';
import { welcomeScreen } from './welcome-screen.ts';

/** initdb and the first migrations on a slow SD card take a minute. */
const readyTimeoutMs = 180_000;
/** For each seat: they enrol one after another. */
const enrolTimeoutMs = 15_000;
const connectTimeoutMs = 60_000;
const brokerTimeoutMs = 30_000;
const agentGraceMs = 15_000;
/** It waits for the agents of its seats. */
const stripGraceMs = agentGraceMs + 3_000;
const controllerGraceMs = 20_000;

/** What `homeroom up` runs by. */
export interface UpSettings extends Layout {
  readonly config: Config;
  readonly options: UpOptions;
  readonly networkAddress: string | undefined;
  /** Only root may give each desktop a user id of its own. */
  readonly isRoot: boolean;
  readonly terminal: Terminal;
}

/**
 * Runs a whole Homeroom on one machine: the controller, a host agent and simulated seats, each a process of its own.
 *
 * Rules: one `Up` per data folder; what an earlier one left running is ended before anything starts, but for desktops,
 * which the host agent takes over; a child that ends
 * by itself is started again; after {@link stop} or {@link kill} no process of ours is left.
 */
export class Up {
  readonly #settings: UpSettings;
  readonly #record: ProcessRecord;
  readonly #leftovers: Leftovers;
  readonly #agents: SupervisedChild[] = [];
  readonly #stopping = new AbortController();
  readonly #failure = Promise.withResolvers<string>();
  #controller: ControllerChild | undefined;
  #lock: FolderLock | undefined;

  constructor(settings: UpSettings) {
    this.#settings = settings;
    const { dataDir } = settings;
    this.#record = new ProcessRecord(dataDir);
    this.#leftovers = new Leftovers({
      dataDir,
      record: this.#record,
      agentGraceMs: stripGraceMs,
      controllerGraceMs,
    });
  }

  /** Resolves, with a sentence, when Homeroom cannot go on: the controller ends again and again. */
  get failure(): Promise<string> {
    return this.#failure.promise;
  }

  /**
   * Start everything and tell the person where it is. Call it once; after an error, call {@link stop}.
   *
   * @throws HomeroomError `data_folder_in_use`, `config_invalid`, `port_in_use`, `start_failed`
   * @throws AbortError when it was stopped meanwhile
   */
  async start(): Promise<void> {
    const { config, dataDir, options, terminal } = this.#settings;
    this.#lock = await lockFolder({ folder: dataDir, mode: 0o755, holder: 'homeroom-up' });
    await this.#leftovers.end({
      keepsHost: options.host,
      step: (work) => terminal.step('ending what an earlier start left running', work),
    });
    await checkPorts(wantedPorts(config), options.given);
    this.#stopping.signal.throwIfAborted();
    const controller = new ControllerChild(controllerSpec(this.#settings), this.#listener());
    this.#controller = controller;
    const ready = await terminal.step('controller', () => {
      controller.child.start();
      return controller.untilReady(readyTimeoutMs);
    });
    const api = new ControllerApi({ httpPort: ready.httpPort, bearer: this.#readAdminToken() });
    const isBrokerExternal = config.mqttUrl !== undefined;
    if (isBrokerExternal) await this.#awaitBroker(api);
    const joinToken = await seatJoinToken(api, { dataDir, isBrokerExternal, nowMs: Date.now() });
    terminal.print(this.#welcome(ready, joinToken));
    await this.#startAgents(api, ready, joinToken);
    await this.#tellConnections(api);
  }

  /** End every child, agents first, and wait for them. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const controller = this.#controller;
    // Before the controller, so that it hears of the desktops' end.
    await this.#leftovers.endHost();
    if (controller) {
      controller.child.retire();
      await this.#settings.terminal.step('ending everything', async () => {
        await Promise.all(this.#agents.map((agent) => agent.stop(stripGraceMs)));
        killSeats(this.#settings.dataDir);
        await controller.child.stop(controllerGraceMs);
      });
    }
    this.#forget();
  }

  /** End every child at once. */
  kill(): void {
    this.#stopping.abort();
    this.#leftovers.killHost();
    for (const agent of this.#agents) agent.kill();
    killSeats(this.#settings.dataDir);
    this.#controller?.child.kill();
    this.#forget();
  }

  /** Without the lock nothing was started, and the record is another's. */
  #forget(): void {
    if (!this.#lock) return;
    this.#record.clear();
    this.#lock.free();
    this.#lock = undefined;
  }

  async #startAgents(api: ControllerApi, ready: ReadyLine, seatToken: string): Promise<void> {
    const { config, dataDir, options, terminal } = this.#settings;
    const place: AgentPlace = {
      ...this.#settings,
      mqttTlsPort: ready.mqttTlsPort ?? config.mqttTlsPort,
      brokerHost: this.#externalBrokerHost(),
      joinToken: seatToken,
      kiosk: options.kiosk,
    };
    if (options.host) {
      const isKnown = isEnrolledBy(place.brokerHost, dataDir, 'host');
      const joinToken = isKnown ? undefined : await hostJoinToken(api);
      if (this.#stopping.signal.aborted) return;
      if (await this.#leftovers.cutHost()) terminal.note('Desktops that still run are taken over');
      this.#startAgent(hostSpec({ ...place, joinToken }));
    }
    if (options.seats > 0) await this.#startSeats(api, { ...place, mqttPort: ready.mqttPort });
  }

  /** By their power strip. A controller that does not take the strip keeps no seat from its work. */
  async #startSeats(api: ControllerApi, place: AgentPlace & { mqttPort: number | undefined }): Promise<void> {
    const { dataDir, options } = this.#settings;
    const { seats } = options;
    const { signal } = this.#stopping;
    const isTaken =
      place.mqttPort !== undefined && (await this.#try(() => registerStrip(api, { dataDir, seats })));
    this.#startAgent(stripSpec({ ...place, seats, mqttPort: isTaken ? place.mqttPort : undefined }), (line) =>
      this.#hearStrip(line),
    );
    for (const name of poweredSeats(dataDir, options.seats))
      await untilEnrolled(dataDir, name, { timeoutMs: enrolTimeoutMs, signal });
    if (isTaken && !signal.aborted) await this.#try(() => wireStrip(api, { dataDir, seats }));
  }

  /** @returns whether it went well */
  async #try(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (caught) {
      const { signal } = this.#stopping;
      if (!signal.aborted)
        this.#settings.terminal.note(`The power of the seats cannot be switched: ${toError(caught).message}`);
      return false;
    }
  }

  #hearStrip(line: string): void {
    const end = parseSeatEndLine(line);
    if (end) this.#listener().ended(end.name, end.how, end.restartInMs);
  }

  /** It is prepared while the controller serves already, and it may be on its way up itself. */
  async #awaitBroker(api: ControllerApi): Promise<void> {
    const { terminal } = this.#settings;
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(brokerTimeoutMs)]);
    const isThere = await terminal.step('broker', () => untilBroker(api, signal));
    this.#stopping.signal.throwIfAborted();
    if (!isThere) terminal.note('The broker that HOMEROOM_MQTT_URL names does not let the controller in yet');
  }

  #externalBrokerHost(): string | undefined {
    const { mqttUrl } = this.#settings.config;
    return mqttUrl === undefined ? undefined : new URL(mqttUrl).hostname;
  }

  async #tellConnections(api: ControllerApi): Promise<void> {
    const { dataDir, options, terminal } = this.#settings;
    const names = [...(options.host ? ['host'] : []), ...poweredSeats(dataDir, options.seats)];
    const { signal } = this.#stopping;
    if (names.length === 0 || signal.aborted) return;
    const missing = await untilConnected(api, names, { dataDir, timeoutMs: connectTimeoutMs, signal });
    if (missing.length === 0) terminal.note(`Connected: ${names.join(', ')}`);
    else terminal.note(`Not connected yet: ${missing.join(', ')}. See ${join(dataDir, 'logs')}`);
  }

  #startAgent(spec: ChildSpec, line?: (line: string) => void): void {
    if (this.#stopping.signal.aborted) return;
    const agent = new SupervisedChild(spec, { ...this.#listener(), ...(line && { line }) });
    this.#agents.push(agent);
    agent.start();
  }

  #listener(): ChildListener {
    const { terminal, dataDir } = this.#settings;
    return {
      started: (name, pid) => this.#record.add(name, pid),
      ended: (name, how, restartInMs) => {
        const log = join(dataDir, `logs/${name}.log`);
        if (restartInMs !== undefined) {
          terminal.note(`${name} ended (${how}); it starts again in ${restartInMs / 1000} s. See ${log}`);
          return;
        }
        terminal.note(`${name} ends again and again (${how}) and is left so. See ${log}`);
        if (name === 'controller') this.#failure.resolve('The controller does not stay up.');
      },
    };
  }

  #readAdminToken(): string {
    return readFileSync(join(this.#settings.dataDir, 'controller/admin-token'), 'utf8').trim();
  }

  #welcome(ready: ReadyLine, joinToken: string): string {
    const { networkAddress, dataDir, options, isRoot } = this.#settings;
    return welcomeScreen({
      httpPort: ready.httpPort,
      mqttPort: ready.mqttPort,
      mqttTlsPort: ready.mqttTlsPort,
      networkAddress,
      accounts: ready.accounts,
      joinToken,
      logDir: join(dataDir, 'logs'),
      areDesktopsApart: options.host ? isRoot : undefined,
    });
  }
}

/** @returns the ports that the controller will listen on. */
function wantedPorts(config: Config): WantedPort[] {
  const portal = { port: config.port, host: config.listen, purpose: 'the portal', option: '--port' };
  if (config.mqttUrl !== undefined) return [portal];
  return [
    portal,
    { port: config.mqttPort, host: '127.0.0.1', purpose: 'MQTT', option: '--mqtt-port' },
    {
      port: config.mqttTlsPort,
      host: config.listen,
      purpose: 'MQTT over TLS',
      option: '--mqtt-tls-port',
    },
  ];
}
