const { PlanFault, need } = require('./plan-fault.js');

/** What *lesson* asks of Homeroom for one message. Pure. */
async function planLesson(_config, msg) {
  const given = typeof msg.payload === 'object' && msg.payload !== null ? msg.payload : {};
  const lesson = typeof given.lesson === 'object' && given.lesson !== null ? given.lesson.id : given.lesson;
  const path = `/lessons/${encodeURIComponent(need('lesson', lesson, given.id))}`;
  switch (need('action', given.action)) {
    case 'preview':
      return { method: 'GET', path: `${path}/preview` };
    case 'cancel':
      return { method: 'PATCH', path, body: { cancelled: true } };
    case 'by-itself':
      return { method: 'PATCH', path, body: { automatic: true } };
    case 'by-hand':
      return { method: 'PATCH', path, body: { automatic: false } };
    default:
      throw new PlanFault(`“${given.action}” is nothing that can be done with a lesson`);
  }
}

module.exports = { planLesson };
