/**
 * Node-RED under the controller's care: one process that listens on a Unix socket alone.
 *
 * - It tells the controller over their channel when it is ready, and that it still goes round, with the memory it uses.
 * - It ends when the controller asks, and when the controller is gone; a second thread sees to that where a flow
 *   keeps the first one busy for ever.
 */
const { chmodSync, rmSync } = require('node:fs');
const { createServer } = require('node:http');
const { join } = require('node:path');
const { Worker } = require('node:worker_threads');
const express = require('express');
const RED = require('node-red');
const settings = require('./settings.js');
const { createEmbeddedDoor } = require('./lib/embedded-door.js');
const { guardUpgrades } = require('./lib/guard-upgrades.js');
const { mountNodeRed } = require('./lib/mount-node-red.js');
const { readSecret } = require('./lib/read-secret.js');
const { untilFlows } = require('./lib/until-flows.js');

const aliveEveryMs = 5_000;
const stopTimeoutMs = 5_000;

const dir = process.env.HOMEROOM_NODE_RED_DIR;
if (!dir) throw new Error('HOMEROOM_NODE_RED_DIR is not set; apart from the controller: node-red --settings');
const socketPath = join(dir, 'socket');
let isStopping = false;

async function main() {
  watchParent();
  const door = createEmbeddedDoor(readSecret(join(dir, 'door-secret')));
  const app = express();
  app.use(door.entrance);
  const server = createServer(app);
  guardUpgrades(server, door);
  RED.init(server, settings);
  mountNodeRed(app, RED);
  // After a start with stopped flows: somebody has mended and deployed them.
  RED.events.on('flows:started', () => tell({ event: 'flows', rssBytes: process.memoryUsage.rss() }));
  const flows = untilFlows(RED.events);
  await RED.start();
  await listen(server);
  await flows;
  tell({ event: 'ready', rssBytes: process.memoryUsage.rss() });
  setInterval(() => tell({ event: 'alive', rssBytes: process.memoryUsage.rss() }), aliveEveryMs).unref();
}

function listen(server) {
  // What an earlier process left would be in the way; nobody else may write this folder.
  rmSync(socketPath, { force: true });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, () => {
      chmodSync(socketPath, 0o600);
      resolve();
    });
  });
}

function tell(message) {
  if (process.connected) process.send(message, () => undefined);
}

async function stop() {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(0), stopTimeoutMs).unref();
  await RED.stop().catch(() => undefined);
  process.exit(0);
}

function watchParent() {
  process.on('disconnect', stop);
  process.on('SIGTERM', stop);
  // The terminal's Ctrl-C is for the controller.
  process.on('SIGINT', () => undefined);
  const worker = new Worker(join(__dirname, 'lib/parent-watch.js'), {
    workerData: { parent: process.ppid },
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2, codeRangeSizeMb: 4 },
  });
  worker.unref();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
