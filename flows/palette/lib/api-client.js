const { request: requestPlainly, Agent: PlainAgent } = require('node:http');
const { request: requestSecurely, Agent: SecureAgent } = require('node:https');
const { apiErrorOf } = require('./api-error.js');
const { loadTrust } = require('./trust.js');

const answerTimeoutMs = 20_000;
const maxAnswerBytes = 8 * 1024 * 1024;
const maxSockets = 8;
const prefix = '/api/v1';

/**
 * A client of Homeroom's public API.
 *
 * @param {object} options
 * @param {string} options.url where the controller is
 * @param {() => string} options.token read for each request: it is renewed now and then
 * @param {string | undefined} [options.caFile]
 * @param {string | undefined} [options.pin] SHA-256 of the controller's authority
 */
function createApiClient({ url, token, caFile, pin }) {
  const origin = new URL(url);
  const isSecure = origin.protocol === 'https:';
  const send = isSecure ? requestSecurely : requestPlainly;
  let agent;

  async function agentOf() {
    if (agent) return agent;
    const options = { keepAlive: true, maxSockets };
    agent = isSecure
      ? new SecureAgent({ ...options, ...(await loadTrust({ url, caFile, pin })) })
      : new PlainAgent(options);
    return agent;
  }

  /**
   * Open a request; whoever asked reads the answer.
   *
   * @returns {Promise<import('node:http').IncomingMessage>}
   */
  async function open(method, path, { body, headers = {}, signal, timeoutMs = answerTimeoutMs } = {}) {
    const content = body === undefined ? undefined : JSON.stringify(body);
    const options = {
      method,
      agent: await agentOf(),
      signal,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token()}`,
        ...(content !== undefined && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(content),
        }),
        ...headers,
      },
    };
    return await new Promise((resolve, reject) => {
      const outgoing = send(new URL(prefix + path, origin), options, resolve);
      outgoing.setTimeout(timeoutMs, () => outgoing.destroy(new Error('Homeroom does not answer in time')));
      outgoing.on('error', reject).end(content);
    });
  }

  /**
   * Ask, and read the answer.
   *
   * @returns {Promise<any>} the JSON; undefined where there is none
   * @throws {import('./api-error.js').ApiError}
   */
  async function ask(method, path, options) {
    const answer = await open(method, path, options);
    const text = await readText(answer);
    if (answer.statusCode >= 400) throw apiErrorOf(answer.statusCode, text);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** @returns {Promise<any[]>} every item of a list, page by page */
  async function list(path) {
    const items = [];
    const joint = path.includes('?') ? '&' : '?';
    for (let after = ''; items.length < 10_000; ) {
      const page = await ask(
        'GET',
        `${path}${joint}limit=200${after && `&after=${encodeURIComponent(after)}`}`,
      );
      items.push(...page.items);
      if (!page.next) break;
      after = page.next;
    }
    return items;
  }

  return { open, ask, list, close: () => agent?.destroy() };
}

async function readText(answer) {
  const chunks = [];
  let length = 0;
  for await (const chunk of answer) {
    length += chunk.length;
    if (length > maxAnswerBytes) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

module.exports = { createApiClient, readText };
