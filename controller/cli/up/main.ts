import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import { errors, HomeroomError } from '@homeroom/protocol';
import { loadConfig } from '../../config.ts';
import { exitCodeOf } from '../../exit-code-of.ts';
import { networkAddressOf } from './network-address.ts';
import { parseUpOptions } from './options.ts';
import { Terminal } from './terminal.ts';
import { Up } from './up.ts';
import { withFaults } from './with-faults.ts';

const root = resolve(import.meta.dirname, '../../..');
const killedByPerson = 130;
/** The terminal, npm and our own launcher may each pass the same signal on. */
const sameSignalMs = 500;

process.exitCode = await main();

/** @returns the exit code. */
async function main(): Promise<number> {
  try {
    const { options, faults } = parseUpOptions(process.argv.slice(2));
    if (options.help) {
      process.stdout.write(readFileSync(join(import.meta.dirname, 'usage.txt'), 'utf8'));
      return 0;
    }
    const environment = { ...process.env, ...options.environment };
    const config = withFaults(faults, () => loadConfig({ environment, readFile }));
    const terminal = new Terminal((text) => process.stdout.write(text));
    const dataDir = resolve(root, config.dataDir);
    return await runUntilStopped(
      new Up({
        root,
        dataDir,
        environment,
        config,
        options,
        networkAddress: networkAddressOf(config.listen, networkInterfaces()),
        isRoot: process.getuid?.() === 0,
        terminal,
      }),
      terminal,
    );
  } catch (error) {
    if (!(error instanceof HomeroomError)) throw error;
    process.stderr.write(`\n${error.detail}\n${errors[error.code].remedy}\n(${error.code})\n`);
    return exitCodeOf(error);
  }
}

/** First signal: an orderly end. Second: at once. */
async function runUntilStopped(up: Up, terminal: Terminal): Promise<number> {
  const stopped = Promise.withResolvers<number>();
  let firstSignalAtMs: number | undefined;
  const onSignal = () => {
    firstSignalAtMs ??= performance.now();
    stopped.resolve(0);
    if (performance.now() - firstSignalAtMs < sameSignalMs) return;
    up.kill();
    process.exit(killedByPerson);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  // Our launcher was killed: no Ctrl-C reaches us any more.
  process.once('disconnect', () => stopped.resolve(0));
  if (process.connected === false) stopped.resolve(0);
  // Else the channel to it would keep us here after everything has ended.
  process.channel?.unref();
  // Whoever read our output has gone (`npm start | head`).
  process.stdout.on('error', () => stopped.resolve(0));
  try {
    const started = up.start().then(() => failed(up));
    return await Promise.race([stopped.promise, started]);
  } finally {
    if (firstSignalAtMs !== undefined) terminal.print('\n');
    await up.stop();
  }
}

async function failed(up: Up): Promise<number> {
  process.stderr.write(`\n${await up.failure}\n`);
  return 1;
}

function readFile(path: string): string | undefined {
  try {
    return readFileSync(resolve(root, path), 'utf8');
  } catch {
    // A file that is not there is no fault unless it was named; the configuration tells that.
    return undefined;
  }
}
