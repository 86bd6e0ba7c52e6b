import type { Board, ShutdownPort } from '@homeroom/hardware';
import {
  type CommandArgs,
  type CommandData,
  type CommandName,
  type DeviceState,
  HomeroomError,
} from '@homeroom/protocol/wire';
import type { ControllerHttp } from '../controller-http.ts';
import type { DesktopHost } from '../host/desktop-host-port.ts';
import type { Kiosk } from '../kiosk/kiosk-port.ts';

/** What a handler may use beside its arguments. */
export interface CommandContext {
  /** Aborts when the command's time is over, and when the agent stops. */
  readonly signal: AbortSignal;
}

/** One command: arguments in, result data out; it throws a HomeroomError to fail with its code. */
export type Handler<N extends CommandName> = (
  args: CommandArgs<N>,
  context: CommandContext,
) => Promise<CommandData<N>>;
export type Handlers = { readonly [N in CommandName]: Handler<N> };

/** What the commands act on. */
export interface CommandTargets {
  readonly board: Pick<Board, 'cec' | 'relays' | 'hdmiSwitches' | 'reboot' | 'shutdown' | 'simulator'>;
  readonly kiosk: Pick<Kiosk, 'identify' | 'restart' | 'screenshot' | 'type' | 'click'>;
  /** Undefined on a device that is no host. */
  readonly desktopHost: Omit<DesktopHost, 'start' | 'stop'> | undefined;
  /** Carries files from and to the controller. */
  readonly controller: Pick<ControllerHttp, 'get' | 'put'>;
  readonly openTunnel: (args: CommandArgs<'desktop.tunnel'>, signal: AbortSignal) => Promise<void>;
  /** What the seat is called, for `identify`. */
  readonly name: () => string;
  /** Rejects when the signal aborts. */
  readonly sleep: (delayMs: number, signal: AbortSignal) => Promise<void>;
  /** Called after the answer to `reboot` or `shutdown` has left. */
  readonly afterAnswer: (run: () => Promise<void>) => void;
  /** Tells why the device is about to go, so that its last word says so; undefined takes it back. */
  readonly leaveFor: (reason: DeviceState['reason']) => void;
}

/** @returns the table from command to what it does here. */
export function createHandlers(targets: CommandTargets): Handlers {
  const { board, kiosk } = targets;
  const host = () => targets.desktopHost ?? absent('this device is no host; start its agent with --host');
  return {
    identify: async ({ seconds }) => {
      await kiosk.identify(seconds, targets.name());
      return {};
    },
    screenshot: async ({ width, maxBytes }) => {
      const { base64, takenAt } = await kiosk.screenshot(width, maxBytes);
      return { mediaType: 'image/jpeg', base64, takenAt: takenAt.toISOString() };
    },
    reboot: async () => {
      const port = portOf(board.reboot);
      targets.afterAnswer(() => port.reboot());
      return {};
    },
    shutdown: async ({ force }) => {
      const port = portOf(board.shutdown);
      if (!force) await refuseWhileWriting(port);
      targets.afterAnswer(() => shutDown(port, targets.leaveFor));
      return {};
    },
    'kiosk.restart': async () => {
      await kiosk.restart();
      return {};
    },
    cec: async ({ action, adapter }, { signal }) => {
      await portOf(board.cec).command(action, { signal, ...(adapter !== undefined && { adapter }) });
      return {};
    },
    relay: async ({ channel, on, pulseMs }, { signal }) => {
      const port = portOf(board.relays);
      await port.set(channel, on);
      if (pulseMs === undefined) return { channel, on };
      // Whatever happens meanwhile, it is let go.
      await targets.sleep(pulseMs, signal).catch(() => undefined);
      await port.set(channel, !on);
      return { channel, on: !on };
    },
    simulate: async (simulation, { signal }) => {
      portOf(board.simulator).apply(simulation);
      if (simulation.what === 'keyboard') await kiosk.type(simulation, signal);
      else if (simulation.what === 'mouse') await kiosk.click(simulation, signal);
      return {};
    },
    'desktop.start': async (args) => host().startDesktop(args),
    'desktop.poll': async ({ desktop }) => host().poll(desktop),
    'desktop.list': async () => ({ desktops: await host().list() }),
    'desktop.stop': async ({ desktop }) => {
      await host().stopDesktop(desktop);
      return {};
    },
    'exam.collect': async ({ lesson, ...args }, { signal }) => host().files.collect(lesson, args, signal),
    'hdmi-switch': async ({ port, output, input }, { signal }) => {
      const { confirmed } = await portOf(board.hdmiSwitches).route(port, { output, input }, signal);
      return { output, input, confirmed };
    },
    'files.put': async (args, { signal }) =>
      host().files.put(args, (path, until) => targets.controller.get(path, until), signal),
    'files.collect': async ({ round, ...args }, { signal }) => host().files.collect(round, args, signal),
    'files.send': async (args, { signal }) => {
      const { content, sizeBytes } = await host().files.archiveOf(args);
      await targets.controller.put(args.path, { content, sizeBytes, mediaType: 'application/x-tar' }, signal);
      return { sizeBytes };
    },
    'files.forget': async (args) => {
      await host().files.forget(args);
      return {};
    },
    'desktop.tunnel': async (args, { signal }) => {
      await targets.openTunnel(args, signal);
      return {};
    },
  };
}

/** A shutdown waits for what is unwritten; so much is on an SD card in a few seconds. */
const muchToWriteMiB = 32;

async function refuseWhileWriting(port: ShutdownPort): Promise<void> {
  const unwrittenMiB = (await port.unwrittenMiB()) ?? 0;
  if (unwrittenMiB <= muchToWriteMiB) return;
  throw new HomeroomError('command_busy', `${Math.round(unwrittenMiB)} MiB are still to be written`);
}

/** A machine that stays must not be taken for one that went: its power would be cut. */
async function shutDown(port: ShutdownPort, leaveFor: CommandTargets['leaveFor']): Promise<void> {
  leaveFor('shutdown');
  try {
    await port.shutdown();
  } catch (caught) {
    leaveFor(undefined);
    throw caught;
  }
}

function portOf<Port>(presence: { present: true; port: Port } | { present: false; reason: string }): Port {
  return presence.present ? presence.port : absent(presence.reason);
}

function absent(reason: string): never {
  throw new HomeroomError('hardware_absent', reason);
}
