#!/usr/bin/env node
/**
 * Starts the agent, under the project's own Node whichever Node from 20 on was asked, and small: a device has
 * little memory, and the agent little to compute. Figures are of resident memory.
 * - V8's optimizing compilers stay unused (10 MB), and its nursery stays small (3 MB). V8 takes these options
 *   at its start only, so this process replaces itself once, keeping its number. A host's agent relays the
 *   streams of many desktops: it keeps the compilers. A Node too old to replace itself waits for the right one.
 * - The compile cache is on before the first TypeScript file is read: Node takes the stripped and compiled code
 *   from there and never loads its TypeScript parser (30 MB). That is why this file is plain JavaScript. A cold
 *   cache is filled first, and the process replaced once more. The cache is code that will run, so it is kept in
 *   the agent's own folder and not in /tmp.
 */
import { realpathSync } from 'node:fs';
// Whole: an old Node does not have every name that is used below, and refuses to link what is missing.
import module from 'node:module';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { projectNode } from '../setup/project-node.mjs';
import { warmCompileCache } from './warm-compile-cache.mjs';

const smallV8 = ['--max-semi-space-size=1', '--no-opt', '--no-maglev'];
const { argv, env, execArgv, execPath } = process;
const isHost = argv.includes('--host') || env.HOMEROOM_HOST === 'on';
const wanted = isHost ? [] : smallV8;
const isAsWanted = wanted.every((option) => execArgv.includes(option));

const node = findNode();
if (node === undefined) process.exitCode = 1;
else if (node === realpathSync(execPath) && isAsWanted) await run();
else await replaceBy(node, [...(isAsWanted ? [] : wanted), ...execArgv, ...argv.slice(1)]);

/** @returns {string | undefined} undefined when none is new enough, which it has told then */
function findNode() {
  try {
    return realpathSync(projectNode(resolve(import.meta.dirname, '..')));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  }
}

async function run() {
  const cacheDir = join(env.HOMEROOM_DATA_DIR || '.homeroom/agent', 'compile-cache');
  module.enableCompileCache(cacheDir);
  const isQuestion = ['--help', '-h', '--version'].some((option) => argv.includes(option));
  const command = [execPath, ...execArgv, ...argv.slice(1, 2)];
  if (!isQuestion && (await warmCompileCache({ cacheDir, command, nodeVersion: process.version }))) {
    process.execve?.(execPath, [execPath, ...execArgv, ...argv.slice(1)]);
  }
  await import('./main.ts');
}

/**
 * @param {string} node
 * @param {readonly string[]} args
 */
async function replaceBy(node, args) {
  if (process.execve) process.execve(node, [node, ...args]);
  const { runInForeground } = await import('../setup/run.mjs');
  // One and the same signal may reach it twice; it knows.
  const passOn = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  process.exitCode = await runInForeground(node, args, { passOn, isLinked: true });
}
