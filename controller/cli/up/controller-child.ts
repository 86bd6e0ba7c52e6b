import { readFileSync } from 'node:fs';
import { HomeroomError } from '@homeroom/protocol';
import { parseReadyLine, type ReadyLine } from './ready-line.ts';
import { type ChildListener, type ChildSpec, SupervisedChild } from './supervised-child.ts';

const toldLines = 15;

/** The controller as a child process, and its announcement. */
export class ControllerChild {
  readonly child: SupervisedChild;
  readonly #announced = Promise.withResolvers<ReadyLine>();

  /**
   * @param listener told of starts and ends, but not of an end before the first announcement: that is {@link untilReady}'s
   */
  constructor(spec: ChildSpec, listener: ChildListener) {
    let isReady = false;
    // Somebody awaits it only once `untilReady` is called.
    this.#announced.promise.catch(() => undefined);
    this.child = new SupervisedChild(spec, {
      started: (name, pid) => listener.started(name, pid),
      line: (line) => {
        const ready = parseReadyLine(line);
        if (!ready) return;
        isReady = true;
        this.#announced.resolve(ready);
      },
      ended: (name, how, restartInMs) => {
        if (isReady) return listener.ended(name, how, restartInMs);
        this.child.kill();
        this.#announced.reject(notStarted(`The controller ended (${how})`, spec.logFile));
      },
    });
  }

  /**
   * Wait for the controller's first announcement.
   *
   * @throws HomeroomError `start_failed` with the end of its log, when it ends or says nothing before the deadline
   */
  async untilReady(timeoutMs: number): Promise<ReadyLine> {
    const timer = setTimeout(() => {
      const what = `The controller was not ready within ${timeoutMs / 1000} s`;
      this.#announced.reject(notStarted(what, this.child.spec.logFile));
    }, timeoutMs);
    // The child itself keeps this process alive; once it is stopped, nobody has to wait for the timer.
    timer.unref();
    try {
      return await this.#announced.promise;
    } finally {
      clearTimeout(timer);
    }
  }
}

function notStarted(what: string, logFile: string): HomeroomError {
  return new HomeroomError('start_failed', `${what}. The end of ${logFile}:\n${endOf(logFile)}`);
}

function endOf(logFile: string): string {
  try {
    return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-toldLines).join('\n');
  } catch {
    // The message names the file; that it cannot be read says enough.
    return '(there is none)';
  }
}
