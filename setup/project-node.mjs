import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SetupProblem } from './setup-problem.mjs';

/** The first release that runs our TypeScript as it stands and is supported for years. */
const neededMajor = 24;

/**
 * Choose the Node that runs Homeroom: the one that npm brought, else the one that runs now.
 *
 * @param {{ bundled: string | undefined, running: string, runningVersion: string, platform: string }} machine
 * `bundled` is the path of npm's Node when there is one for this machine; `runningVersion` is like `20.1.0`
 * @returns {string} the path of a Node that is new enough
 * @throws {SetupProblem} when there is none
 */
export function chooseNode({ bundled, running, runningVersion, platform }) {
  if (bundled) return bundled;
  if (Number.parseInt(runningVersion, 10) >= neededMajor) return running;
  throw new SetupProblem(
    `Homeroom needs Node ${neededMajor} or later; this is ${runningVersion}, and npm has none to bring for ${platform}.\n` +
      `Install it from https://nodejs.org/ and start again.`,
  );
}

/**
 * @param {string} root the checkout, with its packages installed
 * @returns {string} the path of the Node that runs Homeroom
 * @throws {SetupProblem} when there is none that is new enough
 */
export function projectNode(root) {
  const bundled = join(root, `node_modules/node-linux-${process.arch}/bin/node`);
  return chooseNode({
    bundled: process.platform === 'linux' && existsSync(bundled) ? bundled : undefined,
    running: process.execPath,
    runningVersion: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
  });
}
