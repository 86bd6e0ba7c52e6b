const { request: requestPlainly } = require('node:http');
const { request: requestSecurely } = require('node:https');
const { loadTrust } = require('@homeroom/node-red/lib/trust.js');
const { readText } = require('@homeroom/node-red/lib/api-client.js');

const timeoutMs = 15_000;
const roles = new Set(['student', 'teacher', 'admin']);

/**
 * Ask the controller whether a user name and a password belong together. The sign-in that this makes is ended at once.
 *
 * @param {{ url: string, caFile?: string | undefined, pin?: string | undefined }} controller
 * @returns {(username: string, password: string) => Promise<string | undefined>} the role; undefined for a wrong
 *   password, a disabled account, or one with a second step
 */
function createSignIn({ url, caFile, pin }) {
  const origin = new URL(url);
  const isSecure = origin.protocol === 'https:';
  let trust;

  async function post(path, headers, body) {
    trust ??= isSecure ? await loadTrust({ url, caFile, pin }) : {};
    const content = JSON.stringify(body ?? {});
    const options = {
      method: 'POST',
      ...trust,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(content),
        ...headers,
      },
      signal: AbortSignal.timeout(timeoutMs),
    };
    const answer = await new Promise((resolve, reject) => {
      const send = isSecure ? requestSecurely : requestPlainly;
      send(new URL(`/api/v1${path}`, origin), options, resolve)
        .on('error', reject)
        .end(content);
    });
    return {
      status: answer.statusCode,
      cookies: answer.headers['set-cookie'] ?? [],
      text: await readText(answer),
    };
  }

  return async (username, password) => {
    const { status, cookies, text } = await post('/sign-in', {}, { username, password });
    if (status >= 500 || status === 429) throw new Error(`Homeroom answered with ${status}`);
    if (status !== 200) return undefined;
    const { user, csrfToken } = JSON.parse(text);
    const cookie = cookies.map((one) => one.split(';')[0]).join('; ');
    // One that stays behind ends by itself; the person is who they are all the same.
    if (cookie) await post('/sign-out', { cookie, 'x-csrf-token': csrfToken }).catch(() => undefined);
    return roles.has(user?.role) ? user.role : undefined;
  };
}

module.exports = { createSignIn };
