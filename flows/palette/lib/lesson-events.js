/** When lessons begin and end, as moments. Pure. */

/**
 * @param {object[]} lessons as the API tells them
 * @param {{ leadMs: number, room?: string | undefined }} options
 * @returns {{ event: 'soon' | 'start' | 'end', at: number, lesson: object }[]} in the order of time
 */
function lessonMoments(lessons, { leadMs, room }) {
  return lessons
    .filter((lesson) => !lesson.cancelledAt && (!room || lesson.room === room))
    .flatMap((lesson) => {
      const [start, end] = [Date.parse(lesson.startsAt), Date.parse(lesson.endsAt)];
      const moments = [
        { event: 'start', at: start, lesson },
        { event: 'end', at: end, lesson },
      ];
      return leadMs > 0 ? [{ event: 'soon', at: start - leadMs, lesson }, ...moments] : moments;
    })
    .sort((one, other) => one.at - other.at);
}

/** @returns the moments after `since` and up to `now`: each is told once */
function dueMoments(moments, { since, now }) {
  return moments.filter(({ at }) => at > since && at <= now);
}

/** @returns {number} how long until the next one, at most `atMost` */
function waitMs(moments, { now, atMost }) {
  const next = moments.find(({ at }) => at > now);
  return next ? Math.min(atMost, next.at - now) : atMost;
}

module.exports = { dueMoments, lessonMoments, waitMs };
