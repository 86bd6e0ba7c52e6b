/**
 * The door of a Node-RED that runs apart from the controller: people say their Homeroom user name and password, which
 * are asked of the controller. Rules as in the embedded one: the editor is for admins, the dashboard for teachers too,
 * HTTP-in nodes for whoever has an account. Whoever signs in with a second step is not let in here: there is no place
 * to ask for it.
 */
const { createHash } = require('node:crypto');

const rank = { student: 1, teacher: 2, admin: 3 };
/** A browser sends both with each request; the controller is asked once in a while. */
const rememberMs = 300_000;
const maxRemembered = 500;

/**
 * @param {object} options
 * @param {(username: string, password: string) => Promise<'student' | 'teacher' | 'admin' | undefined>} options.roleOf
 *   of a person who proves to be one; undefined when they do not. @throws when the controller cannot be asked
 * @param {() => number} [options.now] in milliseconds
 */
function createApartDoor({ roleOf, now = Date.now }) {
  const remembered = new Map();

  async function roleOfPerson(username, password) {
    const key = createHash('sha256')
      .update(JSON.stringify([username, password]))
      .digest('base64');
    const known = remembered.get(key);
    if (known && known.until > now()) return known.role;
    remembered.delete(key);
    const role = await roleOf(username, password);
    // Whoever was refused is asked for again: the controller counts how often somebody tries.
    if (role) remembered.set(key, { role, until: now() + rememberMs });
    if (remembered.size > maxRemembered) remembered.delete(remembered.keys().next().value);
    return role;
  }

  /** @returns whether whoever sent the headers may pass; undefined when they did not say who they are */
  async function mayPass(headers, needed) {
    const person = basicOf(headers.authorization);
    if (!person) return undefined;
    const role = await roleOfPerson(person.username, person.password);
    return role === undefined ? undefined : rank[role] >= rank[needed];
  }

  const gate = (needed) => async (request, response, next) => {
    try {
      const may = await mayPass(request.headers, needed);
      if (may) next();
      else if (may === undefined) refuse(response, 401, 'Who are you?');
      else refuse(response, 403, 'Not allowed');
    } catch {
      refuse(response, 503, 'Homeroom does not answer');
    }
  };

  return {
    // The editor asks by a page of its own; see adminAuth.
    admin: (_request, _response, next) => next(),
    dashboard: gate('teacher'),
    node: gate('student'),
    socket: (socket, next) => {
      mayPass(socket.request.headers, 'teacher').then(
        (may) => (may ? next() : next(new Error('Not allowed'))),
        () => next(new Error('Homeroom does not answer')),
      );
    },
    adminAuth: {
      type: 'credentials',
      sessionExpiryTime: 8 * 3600,
      // Asked for each request of somebody who was let in by `authenticate`.
      users: async (username) => ({ username, permissions: '*' }),
      authenticate: async (username, password) => {
        const role = await roleOfPerson(username, password);
        return role === 'admin' ? { username, permissions: '*' } : null;
      },
    },
  };
}

function refuse(response, status, text) {
  if (status === 401) response.set('WWW-Authenticate', 'Basic realm="Homeroom", charset="UTF-8"');
  response.status(status).type('text/plain').send(`${text}\n`);
}

/** @returns {{ username: string, password: string } | undefined} of `Authorization: Basic …` (RFC 7617) */
function basicOf(authorization) {
  const encoded = /^Basic +([A-Za-z0-9+/=_-]{1,1024})$/i.exec(authorization ?? '')?.[1];
  const decoded = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon < 1 ? undefined : { username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

module.exports = { createApartDoor };
