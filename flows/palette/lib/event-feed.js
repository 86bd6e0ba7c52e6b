/**
 * What changes in Homeroom, as `/api/v1/events` tells it. Rules:
 * - one connection, however many nodes listen; none while nobody does;
 * - it comes back by itself, later after each failure; whoever listens is told, and looks anew: what happened meanwhile
 *   is not told again;
 * - a connection that says nothing for a while (there is a sign of life every 15 seconds) is given up.
 */
const { setTimeout: delay } = require('node:timers/promises');
const { apiErrorOf } = require('./api-error.js');
const { readText } = require('./api-client.js');
const { createSseParser } = require('./sse-parser.js');

const silentTimeoutMs = 45_000;
const firstDelayMs = 1_000;
const longestDelayMs = 30_000;

/**
 * @param {object} options
 * @param {{ open: Function }} options.client
 * @param {number} [options.firstDelayMs]
 */
function createEventFeed({ client, firstDelayMs: first = firstDelayMs }) {
  const listeners = new Set();
  let state = { phase: 'idle', reason: '' };
  let stopping;

  const tell = (what, value) => {
    for (const listener of [...listeners]) listener[what]?.(value);
  };
  const say = (phase, reason = '') => {
    state = { phase, reason };
    tell('state', state);
  };

  async function run(signal) {
    let failures = 0;
    while (!signal.aborted) {
      say(failures === 0 ? 'connecting' : 'waiting', state.reason);
      try {
        await listen(signal, () => {
          failures = 0;
        });
        failures += 1;
        say('waiting', 'the connection ended');
      } catch (error) {
        if (signal.aborted) return;
        failures += 1;
        say('waiting', error.message);
      }
      const delayMs = Math.min(longestDelayMs, first * 2 ** Math.min(failures - 1, 10));
      await delay(delayMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async function listen(signal, connected) {
    const answer = await client.open('GET', '/events', {
      signal,
      timeoutMs: silentTimeoutMs,
      headers: { accept: 'text/event-stream' },
    });
    if (answer.statusCode !== 200) throw apiErrorOf(answer.statusCode, await readText(answer));
    connected();
    say('connected');
    tell('resync');
    const take = createSseParser(({ name, data }) => {
      if (name === 'change') tell('change', JSON.parse(data));
    });
    answer.setEncoding('utf8');
    for await (const piece of answer) take(piece);
  }

  return {
    get state() {
      return state;
    },
    /**
     * @param {{ change?: Function, resync?: Function, state?: Function }} listener
     * @returns {() => void} to be called when it listens no more
     */
    subscribe(listener) {
      listeners.add(listener);
      if (!stopping) {
        stopping = new AbortController();
        void run(stopping.signal);
      } else {
        listener.state?.(state);
        if (state.phase === 'connected') listener.resync?.();
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stopping?.abort();
        stopping = undefined;
        state = { phase: 'idle', reason: '' };
      };
    },
  };
}

module.exports = { createEventFeed };
