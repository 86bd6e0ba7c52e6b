import { cutGroup, endGroup, signalGroup } from './end-group.ts';
import { isRunning, type ProcessIdentity } from './process-identity.ts';
import type { ProcessRecord } from './process-record.ts';
import { killSeats, seatsLeftBehind } from './strip/seats-of-strip.ts';

export interface LeftoversOptions {
  readonly dataDir: string;
  readonly record: ProcessRecord;
  readonly agentGraceMs: number;
  readonly controllerGraceMs: number;
}

/**
 * What an earlier `up`, which was killed, left running. All of it is ended before anything starts, but the host agent:
 * people work on its desktops. It runs until its successor can start, and is then cut without a word, as by a crash;
 * so its desktops go on, and the successor finds them.
 */
export class Leftovers {
  readonly #options: LeftoversOptions;
  #host: ProcessIdentity | undefined;

  constructor(options: LeftoversOptions) {
    this.#options = options;
  }

  /**
   * End what was left.
   *
   * @param how.keepsHost whether a host agent will be started that takes the desktops over
   * @param how.step tells the person, where there is anything to end
   */
  async end({
    keepsHost,
    step,
  }: {
    keepsHost: boolean;
    step: (work: () => Promise<void>) => Promise<void>;
  }): Promise<void> {
    const { dataDir, record, agentGraceMs, controllerGraceMs } = this.#options;
    const running = record.readLeftovers().filter(isRunning);
    const host = keepsHost ? running.find(({ name }) => name === 'host') : undefined;
    const others = running.filter((each) => each !== host);
    this.#host = host;
    // Whoever starts after us must find it, too.
    if (host) record.add(host.name, host.pid);
    if (running.length === 0 && seatsLeftBehind(dataDir).length === 0) return;
    await step(async () => {
      const isController = ({ name }: { name: string }) => name === 'controller';
      await Promise.all(
        others.filter((each) => !isController(each)).map((agent) => endGroup(agent, agentGraceMs)),
      );
      killSeats(dataDir);
      await Promise.all(
        others.filter(isController).map((controller) => endGroup(controller, controllerGraceMs)),
      );
    });
  }

  /** Make room for the next host agent; the desktops of the earlier one stay. @returns whether there was one */
  async cutHost(): Promise<boolean> {
    const host = this.#host;
    this.#host = undefined;
    if (host) await cutGroup(host);
    return host !== undefined;
  }

  /** There will be no next host agent: the earlier one ends, and its desktops with it. */
  async endHost(): Promise<void> {
    const host = this.#host;
    this.#host = undefined;
    if (host) await endGroup(host, this.#options.agentGraceMs);
  }

  /** As {@link endHost}, at once. */
  killHost(): void {
    if (this.#host && isRunning(this.#host)) signalGroup(this.#host.pid, 'SIGKILL');
    this.#host = undefined;
  }
}
