import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { HomeroomError, toError } from '@homeroom/protocol/wire';
import { systemClock } from './clock.ts';
import { readSettings } from './config/read-settings.ts';
import { createLog } from './log.ts';
import { openAgent } from './open-agent.ts';
import packageJson from './package.json' with { type: 'json' };
import { SdNotify } from './sd-notify.ts';
import { usage } from './usage.ts';

/** As sysexits.h has it: systemd can tell a fault of the configuration from a crash. */
const configExitCode = 78;
/** A simulated machine reboots: EX_TEMPFAIL, so that whoever keeps the agent running starts it again. */
const rebootExitCode = 75;
/** systemd tells every process of a service, and a launcher passes the signal on. */
const sameSignalMs = 500;

const { values, fault } = readArguments(process.argv.slice(2));
if (fault !== undefined) leave(fault, 2);
else if (values.help) process.stdout.write(usage());
else if (values.version) process.stdout.write(`${packageJson.version}\n`);
else await run(values);

function readArguments(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        host: { type: 'boolean' },
        config: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
    return { values };
  } catch (caught) {
    return { values: {}, fault: `${toError(caught).message}\nhomeroom-agent --help tells what there is.` };
  }
}

async function run(values: { host?: boolean; config?: string }): Promise<void> {
  const { env } = process;
  try {
    const args = values.host ? { host: 'on' } : {};
    const settings = await readSettings(values.config ?? env.HOMEROOM_CONFIG, { env, args });
    await runAgent({
      ...settings,
      config: { ...settings.config, dataDir: resolve(settings.config.dataDir) },
    });
  } catch (caught) {
    const error = toError(caught);
    const isConfig = error instanceof HomeroomError && error.code === 'config_invalid';
    leave(
      isConfig ? `config_invalid:\n${error.detail}` : (error.stack ?? error.message),
      isConfig ? configExitCode : 1,
    );
  }
}

async function runAgent(settings: Awaited<ReturnType<typeof readSettings>>): Promise<void> {
  const log = createLog({
    level: settings.config.logLevel,
    write: (line) => process.stderr.write(line),
    now: () => new Date(),
  });
  const notify = new SdNotify({
    environment: { socket: process.env.NOTIFY_SOCKET, watchdogUsec: process.env.WATCHDOG_USEC },
    clock: systemClock,
    log,
  });
  let exitCode = 0;
  const agent = await openAgent({
    ...settings,
    agentVersion: packageJson.version,
    environment: process.env,
    goDown: (how) => {
      exitCode = how === 'reboot' ? rebootExitCode : 0;
      process.kill(process.pid, 'SIGTERM');
    },
    onLink: ({ text }) => notify.status(text),
    log,
  });
  endOnSignals(async () => {
    notify.stopping();
    await agent.stop();
    return exitCode;
  });
  process.on('uncaughtException', (error) => {
    log.error('the agent made a mistake and ends', { error, stack: error.stack });
    process.exit(1);
  });
  await agent.start();
  notify.ready();
  log.info('agent started', { version: packageJson.version, pid: process.pid });
}

/** The first signal drains, the second ends at once. @param stop gives the exit code */
function endOnSignals(stop: () => Promise<number>): void {
  let firstAtMs: number | undefined;
  const onSignal = () => {
    if (firstAtMs !== undefined) {
      if (performance.now() - firstAtMs >= sameSignalMs) process.exit(130);
      return;
    }
    firstAtMs = performance.now();
    stop().then(
      (code) => process.exit(code),
      (caught: unknown) => leave(toError(caught).stack ?? 'the agent did not end cleanly', 1),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  // A launcher that waits for us was killed.
  process.on('disconnect', onSignal);
}

function leave(message: string, code: number): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}
