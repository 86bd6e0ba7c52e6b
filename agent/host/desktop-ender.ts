import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { endProcesses, sendSignal } from '../end-processes.ts';
import type { Log } from '../log.ts';
import type { ProcessIdentity } from '../process-table.ts';
import type { ControlGroups } from './control-groups.ts';
import { DesktopProcesses } from './desktop-processes.ts';
import { desktopPaths, type HostLayout } from './host-layout.ts';

const graceMs = 1_500;
const killMs = 5_000;

export interface DesktopEnderOptions {
  readonly layout: HostLayout;
  readonly groups: ControlGroups;
  readonly clock: Clock;
  readonly log: Log;
}

/** Ends whatever a desktop left behind; repeating it changes nothing. Homes stay, but a guest's. */
export class DesktopEnder {
  readonly #options: DesktopEnderOptions;
  readonly #processes = new DesktopProcesses();

  constructor(options: DesktopEnderOptions) {
    this.#options = options;
  }

  /** @param known processes of the desktop that are on record */
  async end(desktop: string, known: readonly ProcessIdentity[] = []): Promise<void> {
    const { clock, groups, layout, log } = this.#options;
    const rest = await endProcesses({
      find: async () => this.#processes.find(desktop, { members: await groups.members(desktop), known }),
      send: sendSignal,
      clock,
      graceMs,
      killMs,
    });
    if (rest.length > 0)
      log.error('Processes of a desktop do not end', { desktop, pids: rest.map(({ pid }) => pid) });
    await groups.remove(desktop);
    const paths = desktopPaths(layout, desktop);
    for (const folder of [paths.runDir, paths.userRunDir]) await rm(folder, { recursive: true, force: true });
  }

  /** Remove the home of a guest whose desktop has ended; links in it are removed, not followed. */
  async removeHome(account: string): Promise<void> {
    await rm(join(this.#options.layout.homesDir, account), { recursive: true, force: true });
  }
}
