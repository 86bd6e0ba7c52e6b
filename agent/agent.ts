import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { decodePayload, HomeroomError, messages, parseTopic, toError } from '@homeroom/protocol/wire';
import type { AgentOptions } from './agent-options.ts';
import { sleep } from './clock.ts';
import { CommandRunner } from './commands/command-runner.ts';
import { createHandlers } from './commands/handlers.ts';
import { ControllerHttp } from './controller-http.ts';
import { ControllerLink } from './controller-link.ts';
import type { Kiosk } from './kiosk/kiosk-port.ts';
import type { Incoming } from './link/connection.ts';
import { noKiosk } from './no-kiosk.ts';
import { EventTeller } from './reporters/event-teller.ts';
import { Reporters } from './reporters/reporters.ts';
import { ScreenGuard } from './screen-guard.ts';
import { Tunnels } from './tunnels.ts';
import { DesiredFile } from './twin/desired-file.ts';
import { Twin } from './twin/twin.ts';

/** Time for the answer to a command to leave before what it announced happens. */
const answerMs = 2_000;

/**
 * The agent: wires its rooms to each other and starts and stops them in order.
 *
 * Host and board come first and the link after them, so that what is published is true from the first
 * message on; the kiosk comes beside the link, because neither has to wait for the other.
 */
export class Agent {
  readonly #options: AgentOptions;
  readonly #controller: ControllerLink;
  readonly #kiosk: Kiosk;
  readonly #twin: Twin;
  readonly #guard: ScreenGuard;
  readonly #reporters: Reporters;
  readonly #commands: CommandRunner;
  readonly #tunnels: Tunnels;
  readonly #teller: EventTeller;
  readonly #subscriptions: (() => void)[] = [];
  #kioskUp: Promise<void> = Promise.resolve();

  constructor(options: AgentOptions) {
    this.#options = options;
    const { board, desktopHost, clock, chance, log, config, agentVersion, makeKiosk } = options;
    const onDiskFault = (error: Error) => this.#teller.diskFault(error);
    this.#controller = new ControllerLink(options, { info: () => this.#reporters.info(), onDiskFault });
    const { link } = this.#controller;
    this.#teller = new EventTeller({ send: (name, event) => link.sendEvent(name, event), clock, log });
    this.#kiosk = makeKiosk?.(this.#controller.kioskWiring) ?? noKiosk;
    this.#twin = new Twin({
      kiosk: this.#kiosk,
      screen: board.screen.present ? board.screen.port : undefined,
      audio: board.audio.present ? board.audio.port : undefined,
      resolveUrl: (url) => this.#controller.resolve(url),
      file: new DesiredFile(join(config.dataDir, 'desired.json')),
      publish: (reported) => link.setState('reported', reported),
      onDiskFault,
      clock,
      chance,
      log: log.child({ part: 'twin' }),
    });
    this.#guard = new ScreenGuard({
      kiosk: this.#kiosk,
      twin: this.#twin,
      situation: () => ({ ...this.#controller.situation, hasPage: this.#twin.desired !== undefined }),
      log,
    });
    this.#reporters = new Reporters({
      board,
      desktopHost,
      hasKiosk: makeKiosk !== undefined,
      agentVersion,
      publish: (leaf, state) => link.setState(leaf, state),
      tell: (happening) => this.#teller.tell(happening),
      clock,
      log: log.child({ part: 'reporters' }),
    });
    this.#tunnels = new Tunnels({
      credential: () => this.#controller.credential,
      connectDesktop: async (desktop) => {
        if (!desktopHost) throw new HomeroomError('hardware_absent', 'this device is no host');
        return desktopHost.connect(desktop);
      },
      log: log.child({ part: 'tunnels' }),
    });
    this.#commands = new CommandRunner({
      handlers: createHandlers({
        board,
        kiosk: this.#kiosk,
        desktopHost,
        controller: new ControllerHttp(() => this.#controller.credential),
        openTunnel: (args, signal) => this.#tunnels.open(args, signal),
        name: () => config.name ?? options.device,
        sleep: (delayMs, signal) => sleep(options.clock, delayMs, signal),
        afterAnswer: (run) => this.#afterAnswer(run),
        leaveFor: (reason) => link.leaveFor(reason),
      }),
      sendResult: (name, result) => link.sendResult(name, result),
      isClockSynchronised: options.isClockSynchronised,
      clock,
      log: log.child({ part: 'commands' }),
    });
  }

  /** @returns when everything runs; the link and the kiosk go on trying by themselves. */
  async start(): Promise<void> {
    const { board, config, desktopHost, identity } = this.#options;
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
    await this.#controller.load(identity.info.serial);
    this.#subscribe();
    await desktopHost?.start();
    this.#reporters.start();
    await board.start();
    await this.#twin.start({ useLast: this.#controller.credential !== undefined });
    this.#controller.link.start();
    this.#guard.look();
    this.#kioskUp = this.#kiosk.start().catch((caught: unknown) => {
      this.#options.log.error('kiosk did not start', { error: toError(caught) });
    });
  }

  /** Say `disconnected` and end everything; desktops run on, unless the configuration says otherwise. */
  async stop(): Promise<void> {
    const { board, config, desktopHost } = this.#options;
    await this.#commands.stop();
    if (desktopHost && config.hostEndWithAgent) {
      const desktops = await desktopHost.list();
      await Promise.allSettled(desktops.map(({ desktop }) => desktopHost.stopDesktop(desktop)));
    }
    await this.#reporters.stop();
    await this.#controller.stop();
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    this.#tunnels.stop();
    await this.#twin.stop();
    await this.#kioskUp;
    await Promise.allSettled([this.#kiosk.stop(), desktopHost?.stop(), board.stop()]);
  }

  #subscribe(): void {
    const { board } = this.#options;
    const { link } = this.#controller;
    this.#subscriptions.push(
      link.onMessage((message) => this.#receive(message)),
      this.#controller.onChange(() => this.#guard.look()),
      this.#controller.onNewTrust(() => this.#options.makeKiosk && this.#restartKiosk()),
      this.#kiosk.onCrash((reason) => this.#teller.kioskCrashed(reason)),
      this.#kiosk.onStatus((status) => this.#teller.kioskIs(status.state)),
      board.cec.present ? board.cec.port.onChange(() => void this.#twin.lookAtScreen()) : () => undefined,
    );
  }

  #receive(message: Incoming): void {
    const topic = parseTopic(message.topic);
    if (topic?.kind === 'command') this.#commands.receive(message);
    else if (topic?.kind === 'controller-state') this.#controllerSaid(message);
    else if (topic?.kind === 'device' && topic.leaf === 'desired') this.#follow(message.payload);
  }

  #follow(payload: Uint8Array): void {
    const decoded = decodePayload(messages.desired, payload);
    if (!decoded.ok) {
      this.#options.log.warn('desired document is not understood', {
        code: decoded.code,
        reason: decoded.reason,
      });
      return;
    }
    void this.#twin.follow(decoded.value);
    this.#guard.look();
  }

  /** Retained, it only tells how things are; passed on, it tells that the controller has just come back. */
  #controllerSaid({ payload, isRetained }: Incoming): void {
    const decoded = decodePayload(messages['controller-state'], payload);
    if (decoded.ok && decoded.value.state === 'online' && !isRetained) this.#controller.link.publishAfresh();
  }

  /** The browser learns whom to trust when it starts. */
  #restartKiosk(): void {
    this.#kioskUp = this.#kioskUp
      .then(() => this.#kiosk.restart())
      .catch((caught: unknown) =>
        this.#options.log.warn('kiosk did not restart', { error: toError(caught) }),
      );
  }

  #afterAnswer(run: () => Promise<void>): void {
    const { clock, log } = this.#options;
    clock.after(0, () => {
      this.#controller.link
        .drain(answerMs)
        .then(run)
        .catch((caught: unknown) =>
          log.error('what a command announced did not happen', { error: toError(caught) }),
        );
    });
  }
}
