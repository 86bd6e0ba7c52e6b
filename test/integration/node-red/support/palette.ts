import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { waitFor } from '../../../support/wait-for.ts';
import { ControllerFolder } from '../../controller/support/controller-process.ts';

const require = createRequire(import.meta.url);
const palette = resolve(import.meta.dirname, '../../../../flows/palette');

/** A message of a flow. */
export interface Message {
  readonly payload?: unknown;
  readonly [name: string]: unknown;
}

/** What of the test helper is used here. */
interface TestHelper {
  init(runtimePath: string): void;
  startServer(done: () => void): void;
  stopServer(done: () => void): void;
  load(nodes: unknown[], flow: object[], credentials: object): Promise<void>;
  unload(): Promise<void>;
  getNode(id: string): TestNode;
}

interface TestNode {
  on(event: 'input', listener: (message: Message) => void): void;
  receive(message: Message): void;
}

/**
 * Flows in Node-RED's own test runtime, beside a running controller: the palette as in a Node-RED apart from it, with
 * address, token and fingerprint. One for a process.
 */
export class PaletteBench implements AsyncDisposable {
  readonly #folder: ControllerFolder;
  readonly #helper: TestHelper = require('node-red-node-test-helper');
  #url = '';
  #token = '';
  #pin = '';

  private constructor(folder: ControllerFolder) {
    this.#folder = folder;
  }

  static async make(): Promise<PaletteBench> {
    const bench = new PaletteBench(await ControllerFolder.make());
    await bench.#start();
    return bench;
  }

  async #start(): Promise<void> {
    const { httpPort } = await this.#folder.start().untilReady();
    this.#token = await this.#folder.adminToken();
    this.#url = `https://127.0.0.1:${httpPort}`;
    const plain = await fetch(`http://127.0.0.1:${httpPort}/api/v1/status`, { headers: this.#headers });
    this.#pin = JSON.parse(await plain.text()).caSha256;
    this.#helper.init(require.resolve('node-red'));
    await new Promise<void>((started) => this.#helper.startServer(started));
  }

  /** Ask the controller as a script would. */
  async api<T>(method: string, path: string, body?: unknown): Promise<T> {
    const url = this.#url.replace('https:', 'http:');
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { ...this.#headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${text}`);
    return JSON.parse(text || 'null');
  }

  /**
   * Run a node of the palette, named `node`, with a helper at each of its outputs.
   *
   * @param credentials of the connection, instead of the right ones
   */
  async run(
    type: string,
    config: object,
    credentials: { token?: string; pin?: string } = {},
  ): Promise<RunningNode> {
    await this.#helper.unload();
    const files = [...new Set(['homeroom-server', type])].map((name) =>
      require(join(palette, `nodes/${name}.js`)),
    );
    const core = require.resolve('@node-red/nodes/core/common/25-catch.js');
    const flow = [
      { id: 'flow', type: 'tab' },
      { id: 'server', type: 'homeroom-server', url: this.#url },
      { id: 'node', z: 'flow', type, server: 'server', wires: [['first'], ['second']], ...config },
      { id: 'first', z: 'flow', type: 'helper' },
      { id: 'second', z: 'flow', type: 'helper' },
      { id: 'catcher', z: 'flow', type: 'catch', scope: null, wires: [['caught']] },
      { id: 'caught', z: 'flow', type: 'helper' },
    ];
    await this.#helper.load([...files, require(core)], flow, {
      server: { token: this.#token, pin: this.#pin, ...credentials },
    });
    return new RunningNode((id) => this.#helper.getNode(id));
  }

  get #headers() {
    return { authorization: `Bearer ${this.#token}` };
  }

  async [Symbol.asyncDispose]() {
    await this.#helper.unload();
    await new Promise<void>((stopped) => this.#helper.stopServer(stopped));
    await this.#folder[Symbol.asyncDispose]();
  }
}

/** A node that runs, and what came out of it. */
export class RunningNode {
  readonly #node: TestNode & { status?: unknown };
  readonly #out: Record<'first' | 'second' | 'caught', Message[]> = { first: [], second: [], caught: [] };

  constructor(getNode: (id: string) => TestNode) {
    this.#node = getNode('node');
    for (const output of ['first', 'second', 'caught'] as const)
      getNode(output).on('input', (message) => this.#out[output].push(message));
  }

  give(message: Message): void {
    this.#node.receive(message);
  }

  /** @returns the next message at an output that `is` wanted */
  async next(output: 'first' | 'second' | 'caught', is: (message: Message) => boolean = () => true) {
    return await waitFor(`a message at ${output}`, () => this.#out[output].find(is));
  }

  /** @returns once its dot says so */
  async untilStatus(text: string): Promise<void> {
    await waitFor(`the dot says ${text}`, () => statusOf(this.#node).includes(text));
  }
}

/** The helper wraps `status` in a spy; its last call is what the dot shows. */
function statusOf(node: { status?: unknown }): string {
  const { status } = node;
  if (typeof status !== 'function' || !('lastCall' in status)) return '';
  const { lastCall } = status as { lastCall: { args: { text?: string }[] } | null };
  return lastCall?.args[0]?.text ?? '';
}
