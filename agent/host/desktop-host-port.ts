import type { Duplex } from 'node:stream';
import type { CommandArgs, DesktopReport, Host } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { HomeFiles } from './home-files.ts';

/**
 * Runs desktops as X sessions on this machine, many users at once. Sessions are detached: they outlive the
 * agent, and the next one finds them again by their records.
 */
export interface DesktopHost {
  /** Make ready and adopt what runs from before. */
  start(): Promise<void>;
  /** Stop watching; the sessions go on. */
  stop(): Promise<void>;
  /**
   * Start a user's X session. Repeating it for a desktop, also for one that has ended, only tells how it is.
   *
   * @throws xserver_missing, xserver_failed, no_host when every place is taken or its kind is not installed
   */
  startDesktop(args: CommandArgs<'desktop.start'>): Promise<DesktopReport>;
  /** Look how a desktop is. One that this host does not know is `ended` with `desktop_lost`. */
  poll(desktop: string): Promise<DesktopReport>;
  /** @returns every desktop that was started and not stopped yet; empty when there is none. */
  list(): Promise<DesktopReport[]>;
  /** End a desktop, every process of it, and forget it. One that is not there is no fault. */
  stopDesktop(desktop: string): Promise<void>;
  /** Files in the homes of its users; to be used once the host has started. */
  readonly files: HomeFiles;
  /**
   * Open the desktop's RFB stream.
   *
   * @throws desktop_lost when it does not run, stream_unreachable when its socket does not answer
   */
  connect(desktop: string): Promise<Duplex>;
  /** What the host's topic shows. */
  readonly report: Host;
  /**
   * @param listener called when a desktop comes, changes or goes
   * @returns a function that ends the subscription
   */
  onChange(listener: () => void): () => void;
}

export interface DesktopHostOptions {
  readonly dataDir: string;
  /** How many desktops may run at once; undefined is what the kinds of desktop that are installed make usual. */
  readonly capacity: number | undefined;
  /** `local`: the gateway runs on this machine and gets the socket's path; `tunnel`: it asks for a tunnel. */
  readonly streams: 'local' | 'tunnel';
  readonly log: Log;
  readonly clock: Clock;
  /** Where the X server and the window manager are looked for. */
  readonly programFolders?: readonly string[];
  /** Where control groups are mounted. */
  readonly controlGroupRoot?: string;
}
