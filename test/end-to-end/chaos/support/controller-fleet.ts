import { setTimeout as sleep } from 'node:timers/promises';
import type { ControllerProcess } from '../../../integration/controller/support/controller-process.ts';
import type { DividedController } from '../../../support/divided-controller.ts';
import { freePort } from '../../../support/free-port.ts';
import type { SeededChance } from './seeded-chance.ts';

const roles = 'api,session-broker,pool-manager,vm-controller,cleanup';
/** As long as a supervisor waits before it starts a process again. */
const restartAfterMs = 200;

/** One process that is started again whenever it ends, as systemd does, on the same port. */
class Supervised {
  readonly port: number;
  readonly #start: () => ControllerProcess;
  #process: ControllerProcess | undefined;
  #isStopping = false;
  #watching: Promise<void> | undefined;

  constructor(port: number, start: () => ControllerProcess) {
    this.port = port;
    this.#start = start;
  }

  start(): void {
    this.#watching ??= this.#watch();
  }

  async untilReady(): Promise<void> {
    await this.#process?.untilReady();
  }

  kill(): void {
    this.#process?.child.kill('SIGKILL');
  }

  /** @returns its log since its last start */
  get log(): string {
    return this.#process?.stderr ?? '';
  }

  /** @returns the exit code after SIGTERM */
  async stop(): Promise<number | null> {
    this.#isStopping = true;
    const code = await this.#process?.stop();
    await this.#watching;
    return code ?? null;
  }

  async #watch(): Promise<void> {
    while (!this.#isStopping) {
      this.#process = this.#start();
      await this.#process.untilEnd({ timeoutMs: 600_000 });
      if (!this.#isStopping) await sleep(restartAfterMs);
    }
  }
}

/** Four processes of one controller; each carries all roles, the first the broker too. */
export class ControllerFleet {
  readonly #processes: readonly Supervised[];

  private constructor(processes: readonly Supervised[]) {
    this.#processes = processes;
  }

  static async start(controller: DividedController, count: number): Promise<ControllerFleet> {
    const processes: Supervised[] = [];
    for (let at = 0; at < count; at += 1) {
      const port = await freePort();
      const own = { roles: at === 0 ? `${roles},mqtt` : roles, environment: { HOMEROOM_PORT: String(port) } };
      processes.push(new Supervised(port, () => controller.start(own)));
    }
    for (const each of processes) each.start();
    await Promise.all(processes.map((each) => each.untilReady()));
    return new ControllerFleet(processes);
  }

  get ports(): number[] {
    return this.#processes.map(({ port }) => port);
  }

  killOne(chance: SeededChance): number {
    const victim = chance.pick(this.#processes);
    victim.kill();
    return this.#processes.indexOf(victim);
  }

  /** @returns what the processes have said since their last start, for a test that fails */
  get logs(): string {
    return this.#processes.map(({ log }) => log.split('\n').slice(-30).join('\n')).join('\n---\n');
  }

  /** @returns the exit codes */
  stop(): Promise<(number | null)[]> {
    return Promise.all(this.#processes.map((each) => each.stop()));
  }
}
