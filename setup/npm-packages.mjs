import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectNode } from './project-node.mjs';
import { run } from './run.mjs';
import { SetupProblem } from './setup-problem.mjs';

const npmTimeoutMs = 15 * 60_000;
const minuteMs = 60_000;

/**
 * @param {{ lockChangedAtMs: number, installedAtMs: number | undefined }} times when the lock file changed, and
 * when npm last finished an install here
 * @returns {boolean} whether npm has something to do
 */
export function needsInstall({ lockChangedAtMs, installedAtMs }) {
  return installedAtMs === undefined || installedAtMs < lockChangedAtMs;
}

/**
 * Bring `node_modules` up to the lock file. Does nothing when it is.
 *
 * Not by `npm ci`, which would do as well but deletes the folder under a Homeroom that runs from this checkout.
 * `install --no-save` takes the same locked versions, checks the same hashes and leaves the lock file as it is.
 *
 * @param {import('./set-up.mjs').SetUpContext} context
 * @throws {SetupProblem} when npm fails
 */
export async function installNpmPackages(context) {
  const { root, progress } = context;
  const marker = join(root, 'node_modules/.package-lock.json');
  const times = {
    lockChangedAtMs: statSync(join(root, 'package-lock.json')).mtimeMs,
    installedAtMs: existsSync(marker) ? statSync(marker).mtimeMs : undefined,
  };
  if (needsInstall(times)) {
    const args = ['install', '--no-save', '--include=dev', '--include=optional'];
    await progress.step('npm packages', () => npm(context, args));
    touch(marker);
  }
  await mendAddons(context);
}

/**
 * Native addons must be built against the project's Node, not against the headers that a user's
 * `.npmrc` may name (`nodedir`); then they load only in the wrong Node. Without a compiler npm leaves the optional
 * addon out, which is fine: nothing but a Pi's relays by sysfs uses it.
 *
 * @param {import('./set-up.mjs').SetUpContext} context
 */
async function mendAddons(context) {
  const { root, logFile, progress } = context;
  const addon = join(root, 'node_modules/epoll/build/Release/epoll.node');
  if (!existsSync(addon)) return;
  const node = projectNode(root);
  const seal = `${node} ${statSync(addon).mtimeMs}\n`;
  const sealFile = join(root, 'node_modules/.homeroom-addons');
  if (existsSync(sealFile) && readFileSync(sealFile, 'utf8') === seal) return;
  const loads = await run(node, ['-e', "require('epoll')"], { cwd: root, logFile, timeoutMs: minuteMs });
  if (loads.code !== 0) {
    await progress.step('GPIO addon for this Node', () => npm(context, ['rebuild', 'epoll']));
  }
  writeFileSync(sealFile, `${node} ${statSync(addon).mtimeMs}\n`);
}

/**
 * @param {import('./set-up.mjs').SetUpContext} context
 * @param {string[]} args
 */
async function npm({ root, env, logFile }, args) {
  const { code, output } = await run('npm', [...args, '--no-audit', '--no-fund'], {
    cwd: root,
    env: { ...env, npm_package_config_node_gyp_nodedir: headersOf(root) },
    logFile,
    timeoutMs: npmTimeoutMs,
  });
  if (code === 0) return;
  throw new SetupProblem(
    `npm ${args[0]} failed (code ${code}):\n${lastLines(output)}\nAll of it: ${logFile}`,
  );
}

/**
 * npm unpacks every package before it runs the first install script, so these headers are there in time.
 *
 * @param {string} root
 */
function headersOf(root) {
  return join(root, `node_modules/node-linux-${process.arch}`);
}

/** @param {string} file npm leaves the time of an unchanged marker as it was; then we would run again next time */
function touch(file) {
  if (existsSync(file)) writeFileSync(file, readFileSync(file));
}

/** @param {string} output */
function lastLines(output) {
  return output.trimEnd().split('\n').slice(-12).join('\n');
}
