#!/usr/bin/env node
/**
 * The `homeroom` command. Plain JavaScript, so that any Node from 20 on starts it; it hands over to
 * the project's own Node, which runs our TypeScript.
 */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { projectNode } from '../../setup/project-node.mjs';

const root = resolve(import.meta.dirname, '../..');
/** The shell's convention: 128 and the number of the signal. */
const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

try {
  run(projectNode(root));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}

/** @param {string} node */
function run(node) {
  const child = spawn(node, [join(import.meta.dirname, 'main.ts'), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  // Ctrl-C reaches the child by itself, as the terminal tells the whole group; kill does not.
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  process.on('SIGINT', () => undefined);
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signalNumbers[signal] ?? 9);
  });
}
