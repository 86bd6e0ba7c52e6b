import type { Account } from './account-files.ts';
import { desktopKinds } from './desktop-kinds.ts';

/** The variable that marks every process of a desktop, so that none is left when it ends. */
export const desktopMarker = 'HOMEROOM_DESKTOP';

export interface SessionEnvironmentOptions {
  readonly desktop: string;
  readonly account: Account;
  readonly authorityPath: string;
  readonly userRunDir: string;
  readonly lookDir: string;
  readonly application: string | null;
  /** The desktop environment; null for our own. */
  readonly kind: string | null;
  /** To be in the home before anything runs; null for none. */
  readonly folder: string | null;
  /** Present when libnss-wrapper gives names to uids. */
  readonly names?: { readonly library: string; readonly passwd: string; readonly group: string };
}

/** The whole environment of a desktop's processes; nothing of the agent's own gets in. */
export function sessionEnvironment(options: SessionEnvironmentOptions): Record<string, string> {
  const { account, lookDir, names } = options;
  const kind = options.kind === null ? undefined : desktopKinds[options.kind];
  return {
    [desktopMarker]: options.desktop,
    HOMEROOM_LOOK: lookDir,
    HOMEROOM_APPLICATION: options.application ?? '',
    HOMEROOM_DESKTOP_PROGRAM: options.application === null ? (kind?.program ?? '') : '',
    HOMEROOM_FOLDER: options.folder ?? '',
    HOME: account.home,
    USER: account.name,
    LOGNAME: account.name,
    SHELL: '/bin/bash',
    LANG: 'C.UTF-8',
    // The folder of wrappers comes first: they give browser and terminal the settings of a shared machine.
    PATH: `${lookDir}/bin:/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games`,
    XAUTHORITY: options.authorityPath,
    XDG_RUNTIME_DIR: options.userRunDir,
    XDG_CONFIG_DIRS: `${lookDir}/xdg:/etc/xdg`,
    XDG_DATA_DIRS: `${lookDir}/share:/usr/local/share:/usr/share`,
    XDG_CURRENT_DESKTOP: kind?.xdgName ?? 'Homeroom',
    XENVIRONMENT: `${lookDir}/Xresources`,
    GTK2_RC_FILES: `${lookDir}/gtkrc-2.0`,
    NO_AT_BRIDGE: '1',
    ...(names && {
      LD_PRELOAD: names.library,
      NSS_WRAPPER_PASSWD: names.passwd,
      NSS_WRAPPER_GROUP: names.group,
    }),
  };
}
