/**
 * A USB adapter behind `cec-client`.
 * - The power is asked with a message of our own and read from the traffic: in one long session
 *   `cec-client`'s own `pow` answers from its memory.
 * - Nothing tells whether a message was acknowledged, so silence is `no-peer` until the first answer
 *   and `unknown` after it. Until `cec-client` waits for input nothing is known at all.
 */
import { HomeroomError, toError } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import type { CecAdapter, CecAdapterState } from './cec-adapter.ts';
import type { CecAction } from './cec-port.ts';
import { type CecTraffic, formatPhysicalAddress, parseCecTraffic } from './cec-traffic.ts';
import type { CecClient, CecClientEvents } from './node-cec-client.ts';

/** CEC 1.4 gives a device one second to answer. */
const answerMs = 1_500;
const restartMs = 30_000;
const opcodes = {
  imageViewOn: 0x04,
  standby: 0x36,
  activeSource: 0x82,
  physicalAddress: 0x84,
  powerReport: 0x90,
} as const;
const powers = ['on', 'standby', 'transitioning', 'transitioning'] as const;

export interface NodeCecAdapterOptions {
  /** `/dev/ttyACM0`. */
  readonly device: string;
  readonly name: string;
  readonly clock: Clock;
  readonly startClient: (device: string, events: CecClientEvents) => Promise<CecClient>;
  readonly onFault: (fault: Error) => void;
}

export class NodeCecAdapter implements CecAdapter {
  readonly name: string;
  readonly #options: NodeCecAdapterOptions;
  #client: CecClient | undefined;
  #poke: () => void = () => undefined;
  #running = false;
  #cancelRestart: () => void = () => undefined;
  #onPower: (power: CecAdapterState['power']) => void = () => undefined;
  #isReady = false;
  #hasAnswered = false;
  #ours = 4;
  #physicalAddress: string | null = null;
  #isActiveSource: boolean | null = null;

  constructor(options: NodeCecAdapterOptions) {
    this.name = options.name;
    this.#options = options;
  }

  start(poke: () => void): void {
    this.#poke = poke;
    this.#running = true;
    void this.#startClient();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#cancelRestart();
    await this.#client?.stop();
  }

  async look(): Promise<CecAdapterState> {
    const power = await this.#readPower();
    return {
      name: this.name,
      connector: null,
      power,
      physicalAddress: this.#physicalAddress,
      isActiveSource: this.#hasAnswered ? this.#isActiveSource : null,
      television: null,
      ...(this.#client ? {} : { error: { code: 'hardware_failed', message: 'cec-client does not run' } }),
    };
  }

  async command(action: CecAction): Promise<void> {
    const client = this.#client;
    if (!client) throw new HomeroomError('hardware_failed', `cec-client does not run on ${this.name}`);
    if (action === 'on') client.send(this.#message(0, opcodes.imageViewOn));
    if (action === 'standby') client.send(this.#message(0, opcodes.standby));
    // `as` lets cec-client fill in the physical address, which only it knows for sure.
    if (action === 'active-source') client.send('as');
    if (action !== 'on') this.#isActiveSource = action === 'active-source';
  }

  #message(to: number, opcode: number): string {
    const hex = (value: number) => value.toString(16).padStart(2, '0');
    return `tx ${hex(this.#ours * 16 + to)}:${hex(opcode)}`;
  }

  async #readPower(): Promise<CecAdapterState['power']> {
    if (!this.#client) return 'error';
    return this.#isReady ? this.#askPower(this.#client) : 'unknown';
  }

  #askPower(client: CecClient): Promise<CecAdapterState['power']> {
    return new Promise((resolve) => {
      const settle = (power: CecAdapterState['power']) => {
        cancel();
        this.#onPower = () => undefined;
        resolve(power);
      };
      const cancel = this.#options.clock.after(answerMs, () =>
        settle(this.#hasAnswered ? 'unknown' : 'no-peer'),
      );
      this.#onPower = settle;
      client.send(this.#message(0, 0x8f));
    });
  }

  async #startClient(): Promise<void> {
    try {
      const client = await this.#options.startClient(this.#options.device, {
        onLine: (line) => this.#onLine(line),
        onEnd: (reason) => this.#onEnd(reason),
      });
      if (!this.#running) return await client.stop();
      this.#client = client;
    } catch (caught) {
      this.#onEnd(toError(caught).message);
    }
  }

  #onEnd(reason: string): void {
    this.#client = undefined;
    this.#isReady = false;
    if (!this.#running) return;
    this.#options.onFault(new Error(`${this.name}: ${reason}`));
    this.#cancelRestart = this.#options.clock.after(restartMs, () => void this.#startClient());
    this.#poke();
  }

  #onLine(line: string): void {
    if (line.includes('waiting for input')) {
      this.#isReady = true;
      this.#poke();
    }
    this.#onTraffic(parseCecTraffic(line));
  }

  #onTraffic(traffic: CecTraffic | undefined): void {
    if (traffic?.opcode === undefined) return;
    const { direction, from, opcode, operands } = traffic;
    if (direction === 'out') this.#ours = from;
    if (direction === 'out' && opcode === opcodes.physicalAddress)
      this.#physicalAddress = formatPhysicalAddress(operands);
    if (direction === 'in' && from === 0) this.#onTelevision(opcode, operands);
    if (direction === 'in' && opcode === opcodes.activeSource) {
      this.#isActiveSource = formatPhysicalAddress(operands) === this.#physicalAddress;
      this.#poke();
    }
  }

  #onTelevision(opcode: number, operands: readonly number[]): void {
    this.#hasAnswered = true;
    if (opcode === opcodes.standby) this.#poke();
    if (opcode === opcodes.powerReport) this.#onPower(powers[operands[0] ?? -1] ?? 'unknown');
  }
}
