/**
 * How a published message reaches its subscribers. aedes' own way holds the publisher, and a share of a
 * global limit, until the slowest subscriber's socket has drained: one stalled laptop then stops a school.
 * Here a publisher never waits; what a slow subscriber may keep in memory is bounded by the broker
 * (see `maxBacklogBytes`), which cuts it off.
 */
import mqemitter from 'mqemitter';

type Emitter = ReturnType<typeof mqemitter>;
type Message = Parameters<Emitter['emit']>[0];

/** @returns the emitter that aedes takes as `mq`. */
export function createMessageDelivery(): Emitter {
  const emitter = mqemitter({ concurrency: 0, matchEmptyLevels: true });
  const emit = emitter.emit.bind(emitter);
  emitter.emit = (message: Message, published?: (error?: Error) => void) => {
    emit(message, ignoreOutcome);
    // Not at once: aedes' callers count on the stack unwinding between messages.
    if (published) setImmediate(published);
  };
  return emitter;
}

function ignoreOutcome(): void {
  // A failed delivery ends the subscriber's connection, which is where it is told.
}
