/**
 * mosquitto's dynamic-security plugin: JSON commands on `$CONTROL/dynamic-security/v1`, answered in order on
 * `…/response`. One request is under way at a time, so that an answer is known by its turn; each carries its
 * own correlation data, so that the answers of another program's requests are passed over.
 */
import { randomUUID } from 'node:crypto';
import { HomeroomError, toError } from '@homeroom/protocol';
import mqtt, { type MqttClient } from 'mqtt';
import type { Logger } from 'pino';
import * as v from 'valibot';
import type { BrokerTrust } from './broker-trust.ts';

const requestTopic = '$CONTROL/dynamic-security/v1';
const responseTopic = `${requestTopic}/response`;
const answerTimeoutMs = 10_000;

/** One command; `mayFail` for those whose refusal means that there was nothing to do. */
export interface SecurityCommand {
  readonly command: string;
  readonly mayFail?: boolean;
  readonly [field: string]: unknown;
}

const responseSchema = v.looseObject({
  command: v.string(),
  correlationData: v.optional(v.string()),
  error: v.optional(v.string()),
  data: v.optional(v.unknown()),
});
const responsesSchema = v.looseObject({ responses: v.array(responseSchema) });
/** What came of one command: `error` in mosquitto's words, or `data` where it has some. */
export type SecurityResponse = v.InferOutput<typeof responseSchema>;

export interface DynamicSecurityOptions {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly trust?: BrokerTrust;
  readonly logger: Logger;
}

export class DynamicSecurity {
  readonly #options: DynamicSecurityOptions;
  #client: MqttClient | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #waiting = new Map<string, PromiseWithResolvers<SecurityResponse[]>>();

  constructor(options: DynamicSecurityOptions) {
    this.#options = options;
  }

  /** The user name that it speaks under. */
  get username(): string {
    return this.#options.username;
  }

  /** Connect; it comes back by itself afterwards. @throws broker_unavailable when the first time fails */
  async start(): Promise<void> {
    const { url, username, password, trust, logger } = this.#options;
    try {
      const options = { username, password, ...trust, clean: true, reconnectPeriod: 2_000 };
      this.#client = await mqtt.connectAsync(url, options, false);
      this.#client.on('error', (error) =>
        logger.debug({ err: error }, 'the link to dynamic security failed'),
      );
      this.#client.on('close', () => this.#giveUp());
      this.#client.on('message', (_topic, payload) => this.#receive(payload));
      await this.#client.subscribeAsync(responseTopic, { qos: 1 });
    } catch (caught) {
      await this.stop();
      throw new HomeroomError('broker_unavailable', 'The dynamic-security plugin does not answer.', {
        cause: caught,
      });
    }
  }

  async stop(): Promise<void> {
    await this.#client?.endAsync(true);
    this.#client = undefined;
  }

  /**
   * Run commands in order; mosquitto stops at none of them.
   *
   * @returns what came of each, in the same order
   * @throws broker_unavailable when there is no answer, or one failed that may not
   */
  run(commands: readonly SecurityCommand[]): Promise<SecurityResponse[]> {
    const run = this.#turn.then(() => this.#runNow(commands));
    this.#turn = run.catch(() => undefined);
    return run;
  }

  async #runNow(commands: readonly SecurityCommand[]): Promise<SecurityResponse[]> {
    const client = this.#client;
    if (!client?.connected) throw new HomeroomError('broker_unavailable');
    const correlationData = randomUUID();
    const answer = this.#awaitAnswer(correlationData);
    const body = commands.map(({ mayFail: _mayFail, ...command }) => ({ ...command, correlationData }));
    try {
      await client.publishAsync(requestTopic, JSON.stringify({ commands: body }), { qos: 1 });
      const responses = await answer.responses;
      this.#checkAll(commands, responses);
      return responses;
    } catch (caught) {
      if (caught instanceof HomeroomError) throw caught;
      throw new HomeroomError('broker_unavailable', undefined, { cause: toError(caught) });
    } finally {
      answer.cancel();
    }
  }

  #awaitAnswer(correlationData: string): { responses: Promise<SecurityResponse[]>; cancel: () => void } {
    const waiting = Promise.withResolvers<SecurityResponse[]>();
    const timer = setTimeout(
      () =>
        waiting.reject(
          new HomeroomError('broker_unavailable', 'mosquitto did not answer a security command.'),
        ),
      answerTimeoutMs,
    );
    // The publish may fail first; then nobody waits for this.
    waiting.promise.catch(() => undefined);
    this.#waiting.set(correlationData, waiting);
    const cancel = () => {
      clearTimeout(timer);
      this.#waiting.delete(correlationData);
    };
    return { responses: waiting.promise, cancel };
  }

  /** Answers are told to the connection that asked; with it they are lost. */
  #giveUp(): void {
    for (const waiting of this.#waiting.values())
      waiting.reject(new HomeroomError('broker_unavailable', 'mosquitto closed the connection.'));
  }

  #checkAll(commands: readonly SecurityCommand[], responses: readonly SecurityResponse[]): void {
    for (const [index, command] of commands.entries()) {
      const error = responses[index]?.error;
      if (error !== undefined && command.mayFail !== true)
        throw new HomeroomError('broker_unavailable', `mosquitto refused ${command.command}: ${error}`);
    }
  }

  #receive(payload: Buffer): void {
    let json: unknown;
    try {
      json = JSON.parse(payload.toString('utf8'));
    } catch (caught) {
      this.#options.logger.warn(
        { err: toError(caught) },
        'dynamic security answered with something else than JSON',
      );
      return;
    }
    const parsed = v.safeParse(responsesSchema, json);
    if (!parsed.success) return;
    const { responses } = parsed.output;
    this.#waiting.get(responses[0]?.correlationData ?? '')?.resolve(responses);
  }
}
