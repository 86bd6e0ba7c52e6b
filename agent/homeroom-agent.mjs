#!/usr/bin/env node
/**
 * Starts the agent, small: a device has little memory, and the agent little to compute. Figures are of
 * resident memory.
 * - V8's optimizing compilers stay unused (10 MB), and its nursery stays small (3 MB). V8 takes these options
 *   at its start only, so this process replaces itself once, keeping its number. A host's agent relays the
 *   streams of many desktops: it keeps the compilers.
 * - The compile cache is on before the first TypeScript file is read: from the second start on, Node takes
 *   the stripped and compiled code from there and never loads its TypeScript parser (20 MB). That is why
 *   this file is plain JavaScript. The cache is code that will run, so it is kept in the agent's own folder
 *   and not in /tmp.
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { argv, env, execArgv, execPath, execve } from 'node:process';

const smallV8 = ['--max-semi-space-size=1', '--no-opt', '--no-maglev'];
const isHost = argv.includes('--host') || env.HOMEROOM_HOST === 'on';
const isSmall = smallV8.every((option) => execArgv.includes(option));

if (!isHost && !isSmall) execve?.(execPath, [execPath, ...smallV8, ...execArgv, ...argv.slice(1)]);
enableCompileCache(join(env.HOMEROOM_DATA_DIR || '.homeroom/agent', 'compile-cache'));
await import('./main.ts');
