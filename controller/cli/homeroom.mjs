#!/usr/bin/env node
/**
 * The `homeroom` command. Plain JavaScript, so that any Node from 20 on starts it; it hands over to
 * the project's own Node, which runs our TypeScript.
 */
import { join, resolve } from 'node:path';
import { projectNode } from '../../setup/project-node.mjs';
import { runInForeground } from '../../setup/run.mjs';

const root = resolve(import.meta.dirname, '../..');

try {
  const args = [join(import.meta.dirname, 'main.ts'), ...process.argv.slice(2)];
  // Ctrl-C reaches the child by itself, as the terminal tells the whole group; kill does not.
  process.exitCode = await runInForeground(projectNode(root), args, {
    passOn: ['SIGTERM', 'SIGHUP'],
    isLinked: true,
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
