import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type Command, type Desired, type DeviceState, topics } from '@homeroom/protocol';
import type { BenchDevice } from './bench-devices.ts';
import {
  connectPacket,
  disconnectPacket,
  packetTypes,
  pubackPacket,
  publishPacket,
  readPublish,
  subscribePacket,
} from './mqtt-packets.ts';
import { PacketReader } from './packet-reader.ts';

/** Where a broker is, and which of this machine's own addresses a device comes from. */
export interface Door {
  readonly port: number;
  readonly localAddress: string;
  /** Present for TLS. */
  readonly caPem?: string;
}

const keepaliveS = 300;

/** What an agent says and hears, without an agent: it comes, tells that it is ready, and obeys every command at once. */
export class MqttDevice {
  readonly #device: BenchDevice;
  readonly #connection: number;
  readonly #onDesired: (document: Desired) => void;
  #socket: Socket | undefined;
  #answered: { type: number; resolve: (body: Buffer) => void; reject: (error: Error) => void } | undefined;
  #lastMessageId = 0;

  /**
   * @param connection grows with each time that the device comes
   * @param onDesired hears what the controller wants of it
   */
  constructor(
    device: BenchDevice,
    connection: number,
    onDesired: (document: Desired) => void = () => undefined,
  ) {
    this.#device = device;
    this.#connection = connection;
    this.#onDesired = onDesired;
  }

  /** Done when the broker has let it in. @throws when it does not */
  async connect({ port, localAddress, caPem }: Door): Promise<void> {
    const host = '127.0.0.1';
    const tcp = connect({ host, port, localAddress, noDelay: true });
    const socket =
      caPem === undefined
        ? tcp
        : connectTls({ socket: tcp, ca: caPem, checkServerIdentity: () => undefined });
    this.#socket = socket;
    const reader = new PacketReader((type, flags, body) => this.#receive(type, flags, body));
    socket.on('data', (chunk) => reader.feed(chunk));
    socket.on('error', (error) => this.#answered?.reject(error));
    socket.on('close', () => this.#answered?.reject(new Error(`${this.#device.id} was cut off`)));
    const { id, password } = this.#device;
    const will = { topic: topics.device(id, 'state'), payload: this.#state('lost') };
    const [, code] = await this.#ask(connectPacket({ id, password, keepaliveS, will }), packetTypes.connack);
    if (code !== 0) throw new Error(`${id} was refused with ${code}`);
  }

  /** Subscribe, and tell that it is here. */
  async becomeReady(): Promise<void> {
    const { id } = this.#device;
    const filters = [topics.device(id, 'desired'), topics.command(id, '+'), topics.controllerState()];
    const granted = await this.#ask(subscribePacket(this.#nextMessageId(), filters), packetTypes.suback);
    if (granted.subarray(2).includes(0x80)) throw new Error(`${id} may not subscribe`);
    const message = { topic: topics.device(id, 'state'), payload: this.#state('ready'), retain: true };
    await this.#ask(publishPacket({ ...message, messageId: this.#nextMessageId() }), packetTypes.puback);
  }

  /** Tell one of its retained topics; nobody waits until the broker has it. */
  tell(leaf: 'reported' | 'cec', payload: object): void {
    const topic = topics.device(this.#device.id, leaf);
    const message = { topic, payload: JSON.stringify(payload), retain: true };
    this.#socket?.write(publishPacket({ ...message, messageId: this.#nextMessageId() }));
  }

  /** Say good-bye, so that no will is told. */
  async leave(): Promise<void> {
    const socket = this.#socket;
    if (!socket || socket.destroyed) return;
    socket.end(disconnectPacket);
    await once(socket, 'close');
  }

  async #ask(packet: Buffer, type: number): Promise<Buffer> {
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
    this.#answered = { type, resolve, reject };
    this.#socket?.write(packet);
    try {
      return await promise;
    } finally {
      this.#answered = undefined;
    }
  }

  #receive(type: number, flags: number, body: Buffer): void {
    if (type === packetTypes.publish) this.#obey(flags, body);
    else if (type === this.#answered?.type) this.#answered.resolve(body);
  }

  #obey(flags: number, body: Buffer): void {
    const { topic, messageId, payload } = readPublish(flags, body);
    // What arrives after the good-bye is nobody's any more.
    if (!this.#socket?.writable) return;
    if (messageId !== undefined) this.#socket.write(pubackPacket(messageId));
    const { id } = this.#device;
    if (topic === topics.device(id, 'desired')) this.#onDesired(JSON.parse(payload));
    const prefix = topics.command(id, '');
    if (!topic.startsWith(prefix)) return;
    const command: Command = JSON.parse(payload);
    const result = JSON.stringify({ id: command.id, status: 'succeeded' });
    const name = topic.slice(prefix.length);
    const answer = { topic: topics.result(id, name), payload: result, retain: false };
    this.#socket.write(publishPacket({ ...answer, messageId: this.#nextMessageId() }));
  }

  #state(state: DeviceState['state']): string {
    const since = new Date().toISOString();
    return JSON.stringify({ state, since, bootId: 'bench', connection: this.#connection });
  }

  #nextMessageId(): number {
    this.#lastMessageId = (this.#lastMessageId % 0xffff) + 1;
    return this.#lastMessageId;
  }
}
