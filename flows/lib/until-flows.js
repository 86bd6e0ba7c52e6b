/** Flows that wait for something of their own do not keep the editor closed. */
const longestWaitMs = 10_000;

/**
 * @param {import('node:events').EventEmitter} events of Node-RED, before it starts
 * @returns {Promise<void>} when its flows run, or when it says why they do not: the dashboard is a flow too
 */
function untilFlows(events) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, longestWaitMs);
    const settle = () => {
      clearTimeout(timer);
      resolve();
    };
    events.once('flows:started', settle);
    // Safe mode, types that are not installed: somebody is to look into it.
    events.on('runtime-event', ({ id, payload }) => id === 'runtime-state' && payload?.error && settle());
  });
}

module.exports = { untilFlows };
