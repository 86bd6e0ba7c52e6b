import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { errors, HomeroomError, toError } from '@homeroom/protocol';
import { destination, type Logger, pino } from 'pino';
import { loadConfig } from './config.ts';
import type { Config } from './config-keys.ts';
import { Controller, type Started } from './controller.ts';
import { exitCodeOf } from './exit-code-of.ts';

const root = resolve(import.meta.dirname, '..');
const failed = 1;
const usageFault = 2;

process.exitCode = await main();

/** @returns the exit code. */
async function main(): Promise<number> {
  let options: ReturnType<typeof readOptions>;
  try {
    options = readOptions();
  } catch (caught) {
    process.stderr.write(`${toError(caught).message}\n\n${usage()}`);
    return usageFault;
  }
  if (options.help) {
    process.stdout.write(usage());
    return 0;
  }
  try {
    const roles = options.roles ?? process.env.HOMEROOM_ROLES;
    const config = withAbsolutePaths(
      loadConfig({ environment: { ...process.env, HOMEROOM_ROLES: roles }, readFile }),
    );
    // Synchronous, so that the last words before a crash are written too.
    const logger = pino({ level: config.logLevel, base: null }, destination({ fd: 2, sync: true }));
    const controller = new Controller({
      config,
      dataDir: resolve(root, config.dataDir),
      webDir: join(root, 'controller/web/dist'),
      version: readVersion(),
      logger,
      environment: process.env,
    });
    return await run({ controller, config, logger, announces: options.announce });
  } catch (caught) {
    return tellFailure(caught);
  }
}

interface Run {
  readonly controller: Controller;
  readonly config: Config;
  readonly logger: Logger;
  readonly announces: boolean;
}

/** Start, and stay until a signal comes. The first ends it gently, the second at once. */
async function run({ controller, config, logger, announces }: Run): Promise<number> {
  const signalled = Promise.withResolvers<NodeJS.Signals>();
  let signals = 0;
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      signals += 1;
      if (signals > 1) process.exit(failed);
      signalled.resolve(signal);
    });
  }
  // Whoever asked for the announcement may be gone; that is no reason to stop serving.
  process.stdout.on('error', (error) => logger.debug({ err: error }, 'the standard output is closed'));
  const started = controller.start();
  const outcome = await Promise.race([started, signalled.promise]);
  if (typeof outcome !== 'string') {
    const { portalUrl, httpPort, mqttUrl } = outcome;
    logger.info({ roles: config.roles, portalUrl, httpPort, mqttUrl }, 'the controller serves');
    if (announces) announce(outcome);
  }
  logger.info({ signal: await signalled.promise }, 'the controller stops');
  await controller.stop();
  // A start that was cut off fails when its parts stop; what it threw is of no interest any more.
  await started.catch(() => undefined);
  await controller.stop();
  return 0;
}

/** One line of JSON for the program that started this one. */
function announce(started: Started): void {
  process.stdout.write(`${JSON.stringify({ event: 'ready', ready: true, ...started })}\n`);
}

/** Relative paths begin at the checkout, wherever this was started. */
function withAbsolutePaths({ tlsCert, tlsKey, secretKeyFile, ...config }: Config): Config {
  return {
    ...config,
    ...(secretKeyFile !== undefined && { secretKeyFile: resolve(root, secretKeyFile) }),
    ...(tlsCert !== undefined &&
      tlsKey !== undefined && { tlsCert: resolve(root, tlsCert), tlsKey: resolve(root, tlsKey) }),
  };
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', default: false },
      announce: { type: 'boolean', default: false },
      roles: { type: 'string' },
    },
  });
  return values;
}

function tellFailure(caught: unknown): number {
  if (!(caught instanceof HomeroomError)) throw caught;
  process.stderr.write(`\n${caught.detail}\n${errors[caught.code].remedy}\n(${caught.code})\n`);
  return exitCodeOf(caught);
}

function usage(): string {
  return readFileSync(join(import.meta.dirname, 'usage.txt'), 'utf8');
}

function readVersion(): string {
  const manifest: { version?: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return manifest.version ?? 'unknown';
}

function readFile(path: string): string | undefined {
  try {
    return readFileSync(resolve(root, path), 'utf8');
  } catch {
    // A file that is not there is no fault unless it was named; the configuration tells that.
    return undefined;
  }
}
