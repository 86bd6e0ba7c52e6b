const { showStatus } = require('./show-status.js');

/**
 * A node that asks Homeroom for something when a message comes. What was answered goes on in `msg.payload`; what was
 * refused is an error of the node, for a *catch* node, with the code in `msg.problem`.
 *
 * @param {object} RED
 * @param {string} type
 * @param {(config: object, msg: object, find: Function) => Promise<{ method: string, path: string, body?: object }>} plan
 * @param {(node: object, config: object, connection: object) => void} [begin] of a node that also tells what happens
 */
function registerActionNode(RED, type, plan, begin) {
  function ActionNode(config) {
    RED.nodes.createNode(this, config);
    const server = RED.nodes.getNode(config.server);
    const stopping = new AbortController();
    const connection = server?.connection;
    if (!connection) showStatus(this, 'failed', server?.fault ?? 'no connection is chosen');
    else begin?.(this, config, connection);
    this.on('input', (msg, send, done) => {
      void act(this, { config, msg, send, done, server, plan, signal: stopping.signal });
    });
    this.on('close', () => stopping.abort());
  }
  RED.nodes.registerType(type, ActionNode);
}

async function act(node, { config, msg, send, done, server, plan, signal }) {
  try {
    if (!server?.connection) throw new Error(server?.fault ?? 'no connection is chosen');
    const { client, find } = server.connection;
    showStatus(node, 'working');
    const { method, path, body } = await plan(config, msg, find);
    const answer = await client.ask(method, path, { body, signal });
    showStatus(node, 'done');
    send({ ...msg, payload: answer ?? {} });
    done();
  } catch (error) {
    if (signal.aborted) {
      done();
      return;
    }
    msg.problem = { code: error.code ?? 'not_asked', status: error.status ?? null, detail: error.message };
    showStatus(node, 'failed', error.message);
    done(error);
  }
}

module.exports = { registerActionNode };
