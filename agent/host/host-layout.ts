import { join } from 'node:path';

/** Where a host keeps its things. */
export interface HostLayout {
  /** Records and X server logs; the agent's alone. */
  readonly recordsDir: string;
  /** Sockets, cookies, VNC secrets; one folder per desktop, gone after a reboot. */
  readonly runDir: string;
  readonly homesDir: string;
  /** What was collected of exams; the agent's alone. */
  readonly collectedDir: string;
  /** `XDG_RUNTIME_DIR` of each session. On disk, so that users cannot fill the machine's /run. */
  readonly userRunDir: string;
  /** The desktop's looks and session script, for all users to read. */
  readonly lookDir: string;
}

export interface DesktopPaths {
  readonly runDir: string;
  /** Closed to everyone but the agent once the X server listens. */
  readonly socketDir: string;
  readonly socket: string;
  readonly authority: string;
  readonly password: string;
  readonly passwd: string;
  readonly group: string;
  readonly userRunDir: string;
  readonly record: string;
  readonly xServerLog: string;
}

/**
 * @param roots `data`: the agent's folder; `users`: a folder that users can reach into; `run`: a short path,
 *   because a socket's path has 107 characters at most
 */
export function hostLayout(roots: { data: string; users: string; run: string }): HostLayout {
  return {
    recordsDir: join(roots.data, 'desktops'),
    runDir: roots.run,
    homesDir: join(roots.users, 'homes'),
    collectedDir: join(roots.data, 'collected'),
    userRunDir: join(roots.users, 'run'),
    lookDir: join(roots.users, 'look'),
  };
}

/** @returns where one desktop keeps its things. */
export function desktopPaths(layout: HostLayout, desktop: string): DesktopPaths {
  const runDir = join(layout.runDir, desktop);
  const socketDir = join(runDir, 's');
  return {
    runDir,
    socketDir,
    socket: join(socketDir, 'rfb'),
    authority: join(runDir, 'xauthority'),
    password: join(runDir, 'vncpasswd'),
    passwd: join(runDir, 'passwd'),
    group: join(runDir, 'group'),
    userRunDir: join(layout.userRunDir, desktop),
    record: join(layout.recordsDir, `${desktop}.json`),
    xServerLog: join(layout.recordsDir, `${desktop}.log`),
  };
}
