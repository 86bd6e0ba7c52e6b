/** What happened to a session between two looks at it. Pure. */

const sessionEventKinds = ['asked', 'ready', 'left', 'back', 'moved', 'ended'];

/**
 * @param {object | undefined} before undefined for one that was not seen yet
 * @param {object} after
 * @returns {string[]} kinds of events, in order
 */
function sessionEvents(before, after) {
  const events = [];
  if (!before && after.state !== 'ended') events.push('asked');
  const [then, now] = [before?.state, after.state];
  if (now === 'active' && then !== 'active') events.push(then === 'detached' ? 'back' : 'ready');
  if (now === 'detached' && then !== 'detached') events.push('left');
  if (before && then !== 'ended' && before.seat !== after.seat && after.seat) events.push('moved');
  if (now === 'ended' && then !== 'ended') events.push('ended');
  return events;
}

module.exports = { sessionEventKinds, sessionEvents };
