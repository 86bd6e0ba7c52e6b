const { showStatus } = require('./show-status.js');

/** Many changes come together: a class that starts is one look, not thirty. */
const gatherMs = 250;
const usualRestMs = 250;
const retryMs = 5_000;
/** What was missed is found by then. */
const fullLookMs = 300_000;

/**
 * Keep a node told: its dot shows the connection, `look` runs at first, after each gap in the connection, and soon after
 * changes of the kinds named. Looks never overlap, and one that fails is shown and repeated.
 *
 * @param {object} node
 * @param {{ feed: object }} connection
 * @param {{ kinds: string[], look: (ids: Set<string> | undefined) => Promise<void>, restMs?: number }} options
 *   `ids` of what changed; undefined for everything. `restMs`: so long apart looks are at least
 */
function tellChanges(node, { feed }, { kinds, look, restMs = usualRestMs }) {
  let ids = new Set();
  let isAll = false;
  let timer;
  let isBusy = false;
  let isClosed = false;
  let notBefore = 0;

  const later = () => {
    timer ??= setTimeout(
      () => {
        timer = undefined;
        void run();
      },
      Math.max(gatherMs, notBefore - performance.now()),
    );
  };
  async function run() {
    if (isBusy || isClosed) return;
    const wanted = isAll ? undefined : ids;
    [isBusy, isAll, ids] = [true, false, new Set()];
    try {
      await look(wanted);
      notBefore = performance.now() + restMs;
      if (feed.state.phase === 'connected') showStatus(node, 'connected');
    } catch (error) {
      // What changed is not known to it yet.
      isAll = true;
      notBefore = performance.now() + retryMs;
      if (!isClosed) showStatus(node, 'failed', error.message);
    } finally {
      isBusy = false;
      if (!isClosed && (isAll || ids.size > 0)) later();
    }
  }
  const unsubscribe = feed.subscribe({
    change: ({ kind, id }) => {
      if (!kinds.includes(kind)) return;
      ids.add(id);
      later();
    },
    resync: () => {
      isAll = true;
      later();
    },
    // It is connected for whoever looks once the first look is done: from then on nothing is missed.
    state: ({ phase, reason }) => phase !== 'connected' && showStatus(node, phase, reason),
  });
  const fullLook = setInterval(() => {
    isAll = true;
    later();
  }, fullLookMs);
  node.on('close', () => {
    isClosed = true;
    clearInterval(fullLook);
    clearTimeout(timer);
    unsubscribe();
  });
}

module.exports = { tellChanges };
