import { hasEnvironment, listProcesses, type ProcessRow, withDescendants } from '../process-table.ts';
import { desktopMarker } from './session-environment.ts';

/**
 * Every process of a desktop: those that carry its marker, those in its control group, and whatever
 * descends from either (Chromium hides the environment of its children).
 *
 * @param members the processes of the desktop's control group
 */
export async function findDesktopProcesses(
  desktop: string,
  members: readonly number[],
): Promise<ProcessRow[]> {
  const rows = await listProcesses();
  const roots = new Set(members);
  const assignment = `${desktopMarker}=${desktop}`;
  await Promise.all(
    rows.map(async ({ pid }) => {
      if (await hasEnvironment(pid, assignment)) roots.add(pid);
    }),
  );
  return withDescendants(rows, roots);
}
