/**
 * The door of a Node-RED that the controller runs: whoever comes brings the secret that the controller alone knows,
 * and the controller has said who it is. Rules:
 * - without the secret nothing is answered, whatever else is asked: another user of this machine gets nothing;
 * - the role decides: the editor is for admins, the dashboard for teachers too, HTTP-in nodes for whoever is signed in;
 * - flows never see the secret: they hand headers on to whoever asks;
 * - what a page loads from `resources` (the code of widgets) is for teachers: it holds nothing of the flows.
 */
const { timingSafeEqual } = require('node:crypto');

const secretHeader = 'x-homeroom-secret';
const rank = { student: 1, teacher: 2, admin: 3 };

/**
 * @param {string} secret what the controller sends with each request
 */
function createEmbeddedDoor(secret) {
  /** @returns {'student' | 'teacher' | 'admin' | undefined} whose request it is; undefined when nobody vouches for it */
  const roleOf = (headers) => {
    if (!isEqual(headers[secretHeader], secret)) return undefined;
    const role = headers['x-homeroom-role'];
    return Object.hasOwn(rank, role) ? role : undefined;
  };
  const mayPass = (headers, needed) => rank[roleOf(headers)] >= rank[needed];
  const gate = (neededOf) => (request, response, next) => {
    if (mayPass(request.headers, neededOf(request))) next();
    else response.status(403).type('text/plain').send('Not allowed\n');
  };
  return {
    roleOf,
    /** Of every request, before anything of Node-RED sees it. */
    entrance: gate(() => 'student'),
    admin: gate((request) => (request.path.startsWith('/resources/') ? 'teacher' : 'admin')),
    dashboard: gate(() => 'teacher'),
    node: (request, response, next) =>
      gate(() => 'student')(request, response, () => {
        forgetSecret(request);
        next();
      }),
    /** Of the dashboard's socket. */
    socket: (socket, next) => {
      if (mayPass(socket.request.headers, 'teacher')) next();
      else next(new Error('Not allowed'));
    },
    /** Of every WebSocket, before anything of Node-RED sees it. */
    mayUpgrade: (request) =>
      mayPass(request.headers, /^\/dashboard\//.test(request.url) ? 'teacher' : 'admin'),
  };
}

function forgetSecret(request) {
  delete request.headers[secretHeader];
  const { rawHeaders = [] } = request;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index].toLowerCase() === secretHeader) rawHeaders[index + 1] = '';
  }
}

function isEqual(given, expected) {
  const [one, other] = [Buffer.from(String(given ?? '')), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

module.exports = { createEmbeddedDoor };
