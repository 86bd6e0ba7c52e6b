import type { Board } from '@homeroom/hardware';
import { type CommandArgs, type CommandData, type CommandName, HomeroomError } from '@homeroom/protocol';
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
  readonly board: Pick<Board, 'cec' | 'relays' | 'reboot' | 'simulator'>;
  readonly kiosk: Pick<Kiosk, 'identify' | 'restart' | 'screenshot' | 'type' | 'click'>;
  /** Undefined on a device that is no host. */
  readonly desktopHost: Omit<DesktopHost, 'start' | 'stop'> | undefined;
  readonly openTunnel: (args: CommandArgs<'desktop.tunnel'>, signal: AbortSignal) => Promise<void>;
  /** What the seat is called, for `identify`. */
  readonly name: () => string;
  /** Called after the answer to `reboot` has left. */
  readonly afterAnswer: (run: () => Promise<void>) => void;
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
    screenshot: async ({ width }) => {
      const { base64, takenAt } = await kiosk.screenshot(width);
      return { mediaType: 'image/jpeg', base64, takenAt: takenAt.toISOString() };
    },
    reboot: async () => {
      const port = portOf(board.reboot);
      targets.afterAnswer(() => port.reboot());
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
    relay: async ({ channel, on }) => {
      await portOf(board.relays).set(channel, on);
      return { channel, on };
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
    'exam.collect': async (args, { signal }) => host().collect(args, signal),
    'desktop.tunnel': async (args, { signal }) => {
      await targets.openTunnel(args, signal);
      return {};
    },
  };
}

function portOf<Port>(presence: { present: true; port: Port } | { present: false; reason: string }): Port {
  return presence.present ? presence.port : absent(presence.reason);
}

function absent(reason: string): never {
  throw new HomeroomError('hardware_absent', reason);
}
