/** A thread that ends the process when its parent is gone, also while a flow keeps the main thread busy. */
const { workerData } = require('node:worker_threads');

const lookEveryMs = 2_000;
/** The main thread ends by itself first, if it can. */
const graceMs = 8_000;

const timer = setInterval(() => {
  if (process.ppid === workerData.parent) return;
  clearInterval(timer);
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), graceMs);
}, lookEveryMs);
