import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname } from 'node:path';

/** @type {readonly NodeJS.Signals[]} */
const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** How much of a program's output is kept for a message. */
const keptCharacters = 256_000;

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [logFile] also append everything there
 * @property {number} timeoutMs the program is killed after so long
 *
 * @typedef {object} RunResult
 * @property {number} code the exit code; 127 when there is no such program, 124 after the timeout
 * @property {string} output the end of what it printed, stdout and stderr together
 */

/**
 * Run a program to its end with nothing on the terminal.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} options
 * @returns {Promise<RunResult>} never rejects: a program that is not there is code 127
 */
export function run(command, args, { cwd, env, logFile, timeoutMs }) {
  if (logFile) mkdirSync(dirname(logFile), { recursive: true });
  return new Promise((resolve) => {
    let output = '';
    let timedOut = false;
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    const collect = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-keptCharacters);
      if (logFile) appendFileSync(logFile, chunk);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ code: 127, output: error.message });
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code: timedOut ? 124 : (code ?? 1), output });
    });
  });
}

/**
 * Run a program whose standard error goes to the terminal and whose standard output is kept.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs: number }} options
 * @returns {Promise<RunResult>} `output` is the end of its standard output
 */
export function runForOutput(command, args, { cwd, env, timeoutMs }) {
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(command, args, {
      cwd,
      env,
      timeout: timeoutMs,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.on('data', (chunk) => {
      output = (output + chunk.toString()).slice(-keptCharacters);
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 124, output }));
  });
}

/**
 * Run a program that owns the terminal until it ends. This process waits for it whatever signal comes, so that no child is
 * left behind.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, passOn: readonly NodeJS.Signals[], isLinked?: boolean }} options `passOn`: the
 * signals that the child is told by us; a terminal tells it SIGINT and SIGHUP itself. `isLinked`: a channel of Node's to the child
 * (a Node too) stays open as long as we live, so that it learns by `disconnect` that we were killed.
 * @returns {Promise<number>} its exit code; 128 and the signal's number when a signal ended it
 */
export function runInForeground(command, args, { passOn, isLinked = false, ...options }) {
  return new Promise((resolve, reject) => {
    /** @type {import('node:child_process').StdioOptions} */
    const stdio = isLinked ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit';
    const child = spawn(command, args, { ...options, stdio });
    const onSignal = (/** @type {NodeJS.Signals} */ signal) => {
      if (passOn.includes(signal)) child.kill(signal);
    };
    for (const signal of endingSignals) process.on(signal, onSignal);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      for (const ending of endingSignals) process.off(ending, onSignal);
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']);
    });
  });
}
