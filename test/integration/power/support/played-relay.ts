import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { waitFor } from '../../../support/wait-for.ts';

export interface PlayedRelayOptions {
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly listensTo: readonly string[];
  /** Said by the broker when it is gone; kept by the broker. */
  readonly will: { readonly topic: string; readonly payload: string };
}

export interface Command {
  readonly topic: string;
  readonly payload: string;
}

const run = promisify(execFile);

/** A relay of another maker, played by mosquitto's own clients: one that listens, and one for each word that it says. */
export class PlayedRelay implements AsyncDisposable {
  /** What it was told, oldest first. */
  readonly heard: Command[] = [];
  readonly #options: PlayedRelayOptions;
  #listener: ChildProcess | undefined;
  #answer: (command: Command) => Promise<void> | void = () => undefined;
  /** Whoever says something is there: none of these may come after the last word. */
  readonly #answering = new Set<Promise<void>>();

  constructor(options: PlayedRelayOptions) {
    this.#options = options;
  }

  /** What it does with each command. */
  answersWith(answer: (command: Command) => Promise<void> | void): void {
    this.#answer = answer;
  }

  /** Begin to listen; resolves when the broker has granted every subscription. */
  async connect(): Promise<void> {
    const { listensTo, will } = this.#options;
    const filters = listensTo.flatMap((filter) => ['-t', filter]);
    const wills = ['--will-topic', will.topic, '--will-payload', will.payload, '--will-retain'];
    const args = [...this.#login(), ...wills, ...filters, '-q', '1', '-F', '%t %p', '-d'];
    // Line by line: into a pipe it would speak by the page. It becomes the client itself.
    const listener = spawn('stdbuf', ['-oL', 'mosquitto_sub', ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#listener = listener;
    let granted = false;
    createInterface({ input: listener.stdout }).on('line', (line) => {
      if (line.startsWith('Subscribed (mid')) granted = true;
      else this.#take(line);
    });
    await waitFor('the subscription of a relay', () => granted).catch(async (caught: unknown) => {
      // No process may outlive a test, least of all one that failed to begin.
      await this.vanish();
      throw caught;
    });
  }

  /** @throws when the broker refuses it */
  async say(topic: string, payload: string, { retain = false } = {}): Promise<void> {
    const flags = retain ? ['-r'] : [];
    await run('mosquitto_pub', [...this.#login(), '-t', topic, '-m', payload, '-q', '1', ...flags], {
      timeout: 20_000,
    });
  }

  /** Gone without a good-bye, as by a cut cable. */
  async vanish(): Promise<void> {
    const listener = this.#listener;
    this.#listener = undefined;
    if (!listener || listener.exitCode !== null || listener.signalCode !== null) return;
    await Promise.all(this.#answering);
    listener.kill('SIGKILL');
    await once(listener, 'exit');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.vanish();
  }

  #login(): string[] {
    const { port, username, password } = this.#options;
    return ['-h', '127.0.0.1', '-p', String(port), '-u', username, '-P', password];
  }

  #take(line: string): void {
    const [topic = '', ...rest] = line.split(' ');
    // The client tells of its own packets, too.
    if (!topic.includes('/')) return;
    const command = { topic, payload: rest.join(' ') };
    this.heard.push(command);
    // The test may end before its answer is through.
    const answering = Promise.resolve(this.#answer(command)).catch(() => undefined);
    this.#answering.add(answering);
    void answering.then(() => this.#answering.delete(answering));
  }
}
