/** Pure rules of MQTT topic filters ([MQTT-4.7]): which topics one selects, and which filters it includes. */

/** @returns whether `filter` selects `topic`. A leading wildcard selects no `$` topic ([MQTT-4.7.2-1]). */
export function filterMatches(filter: string, topic: string): boolean {
  // Most filters are plain topics, and this runs for every message.
  if (!filter.includes('+') && !filter.endsWith('#')) return filter === topic;
  if (topic.startsWith('$') && !filter.startsWith('$')) return false;
  return covers(filter.split('/'), topic.split('/'), false);
}

/**
 * @returns whether every topic that `narrow` can select is selected by `wide` too, so that leave for
 * `wide` is leave for `narrow`
 */
export function filterCovers(wide: string, narrow: string): boolean {
  if (narrow.startsWith('$') && !wide.startsWith('$')) return false;
  return covers(wide.split('/'), narrow.split('/'), true);
}

function covers(wide: readonly string[], narrow: readonly string[], narrowIsFilter: boolean): boolean {
  for (const [index, level] of wide.entries()) {
    // `a/#` selects `a` itself as well ([MQTT-4.7.1-2]).
    if (level === '#') return true;
    const other = narrow[index];
    if (other === undefined) return false;
    if (narrowIsFilter && other === '#') return false;
    if (level !== '+' && level !== other) return false;
  }
  // What is left of `narrow` lies deeper than `wide`; a trailing `#` would reach it, nothing else does.
  return narrow.length === wide.length;
}
