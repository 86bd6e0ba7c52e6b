import type { Host } from '@homeroom/protocol/wire';
import { findProgram } from '../find-program.ts';

const needed = [
  { programs: ['Xvnc', 'Xtigervnc'], package: 'tigervnc-standalone-server' },
  { programs: ['openbox'], package: 'openbox' },
] as const;

/** @returns what keeps a machine from running desktops, with the line that mends it; empty when nothing does. */
export async function findHostFaults(folders: readonly string[]): Promise<Host['faults']> {
  const found = await Promise.all(needed.map(({ programs }) => findProgram(programs, folders)));
  const missing = needed.filter((_, index) => found[index] === undefined);
  if (missing.length === 0) return [];
  const packages = missing.map((row) => row.package).join(' ');
  return [{ code: 'xserver_missing', message: `Desktops need more packages: apt-get install ${packages}` }];
}
