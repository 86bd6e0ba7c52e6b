import { randomUUID } from 'node:crypto';
import {
  type CommandName,
  type Desired,
  type DeviceStateLeaf,
  decodeMessage,
  type EnrolReply,
  type EnrolRequest,
  type Result,
  topics,
} from '@homeroom/protocol';
import mqtt from 'mqtt';
import { waitFor } from './wait-for.ts';

interface Heard {
  readonly topic: string;
  readonly value: unknown;
}

/** Plays the controller on a broker; it refuses to hear what breaks a schema. */
export class FakeController {
  readonly heard: Heard[] = [];
  readonly broken: string[] = [];
  /** What it answers to enrolment requests, in order. */
  onEnrol: (request: EnrolRequest) => EnrolReply[] = () => [];
  readonly #client: mqtt.MqttClient;

  constructor(client: mqtt.MqttClient) {
    this.#client = client;
    client.on('message', (topic, payload, { retain }) => this.#hear(topic, payload, retain));
  }

  static async connect(port: number, password: string): Promise<FakeController> {
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { username: 'controller', password });
    const controller = new FakeController(client);
    await client.subscribeAsync('homeroom/#', { qos: 1 });
    return controller;
  }

  async end(): Promise<void> {
    await this.#client.endAsync(true);
  }

  forget(): void {
    this.heard.length = 0;
  }

  /** @returns what was heard on a topic so far, oldest first. */
  on(topic: string): unknown[] {
    return this.heard.filter((message) => message.topic === topic).map(({ value }) => value);
  }

  /** Wait for a payload of a device's topic that has all of `part`. */
  state(
    device: string,
    leaf: DeviceStateLeaf,
    part: (value: object) => boolean = () => true,
  ): Promise<object> {
    const topic = topics.device(device, leaf);
    return waitFor(topic, () =>
      this.on(topic).find(
        (value): value is object => typeof value === 'object' && value !== null && part(value),
      ),
    );
  }

  async desire(device: string, desired: Desired): Promise<void> {
    await this.publish(topics.device(device, 'desired'), desired, true);
  }

  async publish(topic: string, value: unknown, retain = false): Promise<void> {
    await this.#client.publishAsync(topic, JSON.stringify(value), { qos: 1, retain });
  }

  /** Send a command; the parts may be bent. @returns its id */
  async send(
    device: string,
    name: CommandName,
    args: object = {},
    bent: { id?: string; issuedAt?: string; ttlMs?: number; retain?: boolean } = {},
  ): Promise<string> {
    const id = bent.id ?? randomUUID();
    const { issuedAt = new Date().toISOString(), ttlMs = 10_000, retain = false } = bent;
    await this.publish(topics.command(device, name), { id, issuedAt, ttlMs, args }, retain);
    return id;
  }

  results(device: string, name: CommandName, id: string): Result[] {
    return this.on(topics.result(device, name)).filter(
      (value): value is Result => (value as Result).id === id,
    );
  }

  result(device: string, name: CommandName, id: string): Promise<Result> {
    return waitFor(`the result of ${name}`, () => this.results(device, name, id)[0]);
  }

  #hear(topic: string, payload: Buffer, isRetained: boolean): void {
    const decoded = decodeMessage(topic, payload);
    if (!decoded.ok) {
      if (payload.byteLength > 0) this.broken.push(`${topic}: ${decoded.reason}`);
      return;
    }
    this.heard.push({ topic, value: decoded.value });
    const nonce = /^homeroom\/v1\/enrol\/(\w+)\/request$/.exec(topic)?.[1];
    if (nonce === undefined || isRetained) return;
    for (const reply of this.onEnrol(decoded.value as EnrolRequest))
      void this.publish(topics.enrolReply(nonce), reply);
  }
}
