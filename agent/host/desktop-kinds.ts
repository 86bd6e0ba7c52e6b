import { findProgram } from '../find-program.ts';

interface DesktopKind {
  /** What begins a session of it; it is offered where this is installed. */
  readonly program: string;
  /** How programs in the session know it (XDG_CURRENT_DESKTOP). */
  readonly xdgName: string;
  /** Desktops that a machine runs at once which is given to it, unless it is told another number. */
  readonly capacity: number;
}

/** The desktop environments that a host can offer beside our own. */
export const desktopKinds: Readonly<Record<string, DesktopKind>> = {
  xfce: { program: 'startxfce4', xdgName: 'XFCE', capacity: 75 },
  kde: { program: 'startplasma-x11', xdgName: 'KDE', capacity: 50 },
  gnome: { program: 'gnome-session', xdgName: 'GNOME', capacity: 50 },
};

/** Our own light desktop, which every host has. */
export const ownKind = 'openbox';
const ownCapacity = 20;

/** @returns the kinds of desktop that are installed here: our own first. */
export async function findDesktopKinds(folders: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    Object.entries(desktopKinds).map(async ([kind, { program }]) =>
      (await findProgram([program], folders)) ? kind : undefined,
    ),
  );
  return [ownKind, ...found.filter((kind) => kind !== undefined)];
}

/** @returns how many desktops a machine with these kinds runs at once, unless it is told another number. */
export function capacityOf(kinds: readonly string[]): number {
  return Math.max(ownCapacity, ...kinds.map((kind) => desktopKinds[kind]?.capacity ?? 0));
}
