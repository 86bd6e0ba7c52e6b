const { readFileSync } = require('node:fs');
const { createApiClient } = require('./api-client.js');
const { createEventFeed } = require('./event-feed.js');
const { createFinder } = require('./find-record.js');
const { PlanFault } = require('./plan-fault.js');

/**
 * One connection to Homeroom, shared by the nodes that name it. What is not set comes from the environment, where the
 * controller says it to the Node-RED that it runs: `HOMEROOM_URL`, `HOMEROOM_TOKEN_FILE`, `HOMEROOM_CA_FILE`.
 *
 * @param {{ url?: string, token?: string, pin?: string }} settings
 * @param {NodeJS.ProcessEnv} environment
 */
function createConnection(settings, environment) {
  const url = settings.url || environment.HOMEROOM_URL;
  if (!url || !URL.canParse(url)) throw new PlanFault('No address of Homeroom is set');
  const isOwn = !settings.url || settings.url === environment.HOMEROOM_URL;
  const tokenFile = isOwn ? environment.HOMEROOM_TOKEN_FILE : undefined;
  const token = () => settings.token || (tokenFile ? readFileSync(tokenFile, 'utf8').trim() : missingToken());
  const caFile = isOwn && !settings.pin ? environment.HOMEROOM_CA_FILE : undefined;
  const client = createApiClient({ url, token, caFile, pin: settings.pin });
  const { find, forget } = createFinder(client);
  return { client, find, forget, feed: createEventFeed({ client }), close: () => client.close() };
}

function missingToken() {
  throw new PlanFault('No API token is set: make one in the portal and put it into the connection');
}

module.exports = { createConnection };
