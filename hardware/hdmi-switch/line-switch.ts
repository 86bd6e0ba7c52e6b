import { HomeroomError } from '@homeroom/protocol/wire';
import type { HdmiRoute, HdmiSwitchPort } from './hdmi-switch-port.ts';
import { writeRoute } from './route-template.ts';
import type { SwitchLine } from './switch-line.ts';
import type { SwitchProtocol } from './switch-protocols.ts';

/** A switch at the other end of a line. What is asked of it happens one after the other: a line has one conversation. */
export class LineSwitch implements HdmiSwitchPort {
  readonly #line: SwitchLine;
  readonly #protocol: SwitchProtocol;
  /** The end of the queue. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(line: SwitchLine, protocol: SwitchProtocol) {
    this.#line = line;
    this.#protocol = protocol;
  }

  route(route: HdmiRoute, signal: AbortSignal): Promise<{ confirmed: boolean }> {
    const turn = this.#last.then(() => this.#route(route, signal));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #route(route: HdmiRoute, signal: AbortSignal): Promise<{ confirmed: boolean }> {
    signal.throwIfAborted();
    const { write, confirms, refuses } = this.#protocol;
    const isConfirmed = (answer: string) => confirms?.(answer, route) === true;
    const isRefused = (answer: string) => refuses?.test(answer) === true;
    // One that says nothing is not waited for.
    const isEnough = (answer: string) => !confirms || isConfirmed(answer) || isRefused(answer);
    const answer = await this.#line.exchange(writeRoute(write, route), isEnough, signal);
    if (isRefused(answer))
      throw new HomeroomError('hardware_failed', `the switch answered ${answer.trim().slice(0, 100)}`);
    return { confirmed: isConfirmed(answer) };
  }
}
