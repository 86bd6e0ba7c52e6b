/**
 * Commands: sent once, answered once. Rules:
 * - a command has an id and a time to live; its result is known by the id;
 * - `accepted` only says that work began; anything else ends the wait;
 * - a device that is away, or leaves meanwhile, ends the wait at once.
 */
import { randomUUID } from 'node:crypto';
import {
  type CommandArgsInput,
  type CommandData,
  type CommandName,
  commands,
  decodeValue,
  type ErrorCode,
  errors,
  HomeroomError,
  type Result,
  topics,
} from '@homeroom/protocol';
import type { CommandOptions, DeviceCommands, TopicPublisher } from '../fleet/ports.ts';

export type { DeviceCommands } from '../fleet/ports.ts';

export interface MqttDeviceCommandsOptions {
  readonly publisher: TopicPublisher;
  /** @returns whether the device is there, as far as is known */
  readonly isConnected: (device: string) => boolean;
  readonly now?: () => Date;
  readonly newId?: () => string;
  /** Waits under way to all devices, and to one. */
  readonly maxInFlight?: number;
  readonly maxInFlightPerDevice?: number;
  /** Told of each command that goes out. */
  readonly onSent?: (device: string, name: CommandName, args: object) => void;
}

interface Waiting {
  readonly device: string;
  readonly name: string;
  readonly settle: (outcome: Result | HomeroomError) => void;
}

export class MqttDeviceCommands implements DeviceCommands {
  readonly #options: Required<Omit<MqttDeviceCommandsOptions, 'onSent'>> & MqttDeviceCommandsOptions;
  readonly #waiting = new Map<string, Waiting>();
  readonly #perDevice = new Map<string, number>();

  constructor(options: MqttDeviceCommandsOptions) {
    this.#options = {
      now: () => new Date(),
      newId: randomUUID,
      maxInFlight: 5_000,
      maxInFlightPerDevice: 32,
      ...options,
    };
  }

  /** How many are under way. */
  get inFlight(): number {
    return this.#waiting.size;
  }

  async send<N extends CommandName>(
    device: string,
    name: N,
    args: CommandArgsInput<N>,
    { signal, timeoutMs = commands[name].timeoutMs }: CommandOptions = {},
  ): Promise<CommandData<N>> {
    signal?.throwIfAborted();
    const checked = decodeValue(commands[name].args, args);
    if (!checked.ok) throw new HomeroomError('request_invalid', `${name}: ${checked.reason}`);
    if (!this.#options.isConnected(device)) throw new HomeroomError('device_offline');
    this.#checkRoom(device);
    const id = this.#options.newId();
    const outcome = this.#awaitResult({ id, device, name, timeoutMs, signal });
    const command = {
      id,
      issuedAt: this.#options.now().toISOString(),
      ttlMs: timeoutMs,
      args: checked.value,
    };
    this.#options.onSent?.(device, name, checked.value);
    const sent = this.#options.publisher.publish(topics.command(device, name), command, { retain: false });
    // A result proves that it was sent; a failed send ends the wait.
    sent.catch((caught) => this.#settle(id, sendFault(caught)));
    return dataOf(name, await outcome);
  }

  /** Take a result as it came from the device. One that nobody waits for is passed over. */
  handleResult(device: string, name: string, result: Result): void {
    const waiting = this.#waiting.get(result.id);
    // Only the device that was asked may answer.
    if (waiting?.device !== device || waiting.name !== name || result.status === 'accepted') return;
    this.#settle(result.id, result);
  }

  /** The device is gone: end every wait for it. */
  deviceLeft(device: string): void {
    if (!this.#perDevice.has(device)) return;
    for (const [id, waiting] of this.#waiting) {
      if (waiting.device === device)
        this.#settle(id, new HomeroomError('device_offline', 'The device went away before it answered.'));
    }
  }

  /** End every wait; for the controller's end. */
  stop(): void {
    for (const id of [...this.#waiting.keys()]) this.#settle(id, new HomeroomError('controller_stopping'));
  }

  #checkRoom(device: string): void {
    const { maxInFlight, maxInFlightPerDevice } = this.#options;
    if (this.#waiting.size >= maxInFlight || (this.#perDevice.get(device) ?? 0) >= maxInFlightPerDevice)
      throw new HomeroomError('command_busy', 'Too many commands are under way.');
  }

  #awaitResult(wait: {
    id: string;
    device: string;
    name: string;
    timeoutMs: number;
    signal: AbortSignal | undefined;
  }): Promise<Result> {
    const { id, device, name, timeoutMs, signal } = wait;
    return new Promise<Result>((resolve, reject) => {
      const abort = () => {
        clearTimeout(timer);
        this.#forget(id);
        reject(signal?.reason);
      };
      const timer = setTimeout(
        () =>
          this.#settle(id, new HomeroomError('command_timeout', `No answer to ${name} in ${timeoutMs} ms.`)),
        timeoutMs,
      );
      const settle = (outcome: Result | HomeroomError) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        if (outcome instanceof HomeroomError) reject(outcome);
        else resolve(outcome);
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiting.set(id, { device, name, settle });
      this.#perDevice.set(device, (this.#perDevice.get(device) ?? 0) + 1);
    });
  }

  #settle(id: string, outcome: Result | HomeroomError): void {
    const waiting = this.#forget(id);
    waiting?.settle(outcome);
  }

  #forget(id: string): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    if (!waiting) return undefined;
    this.#waiting.delete(id);
    const left = (this.#perDevice.get(waiting.device) ?? 1) - 1;
    if (left === 0) this.#perDevice.delete(waiting.device);
    else this.#perDevice.set(waiting.device, left);
    return waiting;
  }
}

function dataOf<N extends CommandName>(name: N, result: Result): CommandData<N> {
  if (result.status !== 'succeeded') throw faultOf(name, result);
  const rule: (typeof commands)[N] = commands[name];
  const data = decodeValue(rule.data, result.data ?? {});
  if (!data.ok) throw new HomeroomError('payload_invalid', `The device's answer to ${name}: ${data.reason}`);
  return data.value as CommandData<N>;
}

function faultOf(name: string, { status, error }: Result): HomeroomError {
  if (status === 'expired') return new HomeroomError('command_expired');
  const detail = error?.message ?? `The device answered ${name} with ${status}.`;
  return new HomeroomError(error && isErrorCode(error.code) ? error.code : 'hardware_failed', detail);
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errors, code);
}

function sendFault(caught: unknown): HomeroomError {
  return caught instanceof HomeroomError
    ? caught
    : new HomeroomError('broker_unavailable', 'The command could not be sent.', { cause: caught });
}
