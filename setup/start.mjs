/** `npm start`: set up what is missing, then run `homeroom up` under the project's Node. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagesToStart } from './debian-packages.mjs';
import { optionFaults } from './option-faults.mjs';
import { runInForeground } from './run.mjs';
import { root, setUp } from './set-up.mjs';
import { SetupProblem } from './setup-problem.mjs';

const options = process.argv.slice(2);
const usage = readFileSync(join(root, 'controller/cli/up/usage.txt'), 'utf8');
/** EX_CONFIG of sysexits.h: to start again would not help. */
const wrongConfiguration = 78;

if (options.includes('--help') || options.includes('-h')) {
  process.stdout.write(usage);
} else {
  process.exitCode = refuse(optionFaults(options, usage)) ?? (await start());
}

/**
 * @param {readonly string[]} faults
 * @returns {number | undefined} the exit code, when there are any
 */
function refuse(faults) {
  if (faults.length === 0) return undefined;
  process.stderr.write(`\n${faults.join('\n')}\n(config_invalid)\n`);
  return wrongConfiguration;
}

/** @returns {Promise<number>} the exit code */
async function start() {
  try {
    const { node, env, advice } = await setUp({ env: process.env, debianPackages: packagesToStart });
    if (advice) process.stderr.write(`\n${advice}\n\nStarting what can be started.\n`);
    return await runInForeground(node, [join(root, 'controller/cli/up/main.ts'), ...options], {
      env,
      // One and the same signal may reach it twice; it knows.
      passOn: ['SIGINT', 'SIGTERM', 'SIGHUP'],
      isLinked: true,
    });
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    return 1;
  }
}
