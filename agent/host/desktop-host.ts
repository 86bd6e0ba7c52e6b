import { fileURLToPath } from 'node:url';
import { programFolders } from '../find-program.ts';
import type { DesktopHost, DesktopHostOptions } from './desktop-host-port.ts';
import { XDesktopHost } from './x-desktop-host.ts';

export type { DesktopHost, DesktopHostOptions } from './desktop-host-port.ts';

/** @returns a host that is not started yet; it gives each session a uid of its own when the agent is root. */
export function createDesktopHost(options: DesktopHostOptions): DesktopHost {
  return new XDesktopHost({
    programFolders,
    controlGroupRoot: '/sys/fs/cgroup',
    ...options,
    lookSource: fileURLToPath(new URL('look', import.meta.url)),
    agentUid: process.getuid?.() ?? 0,
  });
}
