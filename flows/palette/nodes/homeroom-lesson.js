const { registerActionNode } = require('../lib/action-node.js');
const { dueMoments, lessonMoments, waitMs } = require('../lib/lesson-events.js');
const { planLesson } = require('../lib/plan-lesson.js');
const { tellChanges } = require('../lib/tell-changes.js');

const hourMs = 3_600_000;
/** The timetable is asked for anew so often, and reaches so far. */
const longestWaitMs = hourMs / 4;
const reachMs = 12 * hourMs;

/** Tells at its second output when lessons come, begin and end; asks of one, or changes it, when a message comes. */
module.exports = (RED) => registerActionNode(RED, 'homeroom-lesson', planLesson, begin);

function begin(node, config, { client, find, feed }) {
  let since = Date.now();
  let moments = [];
  let timer;
  let isClosed = false;
  const leadMs = Math.max(0, Number(config.leadMinutes) || 0) * 60_000;

  const tellDue = () => {
    const now = Date.now();
    const due = dueMoments(moments, { since, now });
    since = now;
    for (const { event, lesson } of due) node.send([null, { topic: event, payload: { event, lesson } }]);
  };
  const wait = () => {
    clearTimeout(timer);
    if (isClosed) return;
    timer = setTimeout(
      () => void look().catch(() => wait()),
      waitMs(moments, { now: Date.now(), atMost: longestWaitMs }),
    );
  };
  const look = async () => {
    tellDue();
    const room = config.room ? (await find('room', config.room)).id : undefined;
    const [from, to] = [since - reachMs, since + reachMs].map((at) => new Date(at).toISOString());
    const lessons = await client.list(
      `/lessons?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`,
    );
    moments = lessonMoments(lessons, { leadMs, room });
    tellDue();
    wait();
  };
  tellChanges(node, { feed }, { kinds: ['lesson'], look });
  wait();
  node.on('close', () => {
    isClosed = true;
    clearTimeout(timer);
  });
}
