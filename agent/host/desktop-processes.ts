import {
  listProcesses,
  type ProcessIdentity,
  type ProcessRow,
  readVariable,
  withDescendants,
} from '../process-table.ts';
import { desktopMarker } from './session-environment.ts';
import { SharedLook } from './shared-look.ts';

interface MarkedProcesses {
  readonly rows: readonly ProcessRow[];
  /** By number of the process, the desktop that its environment names. */
  readonly marks: ReadonlyMap<number, string>;
}

/**
 * Finds every process of a desktop: those that carry its marker, those in its control group, and whatever descends from
 * either (Chromium hides the environment of its children). A class that ends together asks for all of its desktops at the
 * same time: they share one look at the machine's processes.
 */
export class DesktopProcesses {
  readonly #look = new SharedLook(readMarkedProcesses);

  /**
   * @param members the processes of the desktop's control group
   * @param known processes of it that were started here: one that is about to become another program has no
   *   environment to be known by
   * @returns what runs of it, seen after the call
   */
  async find(
    desktop: string,
    { members, known }: { members: readonly number[]; known: readonly ProcessIdentity[] },
  ): Promise<ProcessRow[]> {
    const { rows, marks } = await this.#look.see();
    const roots = new Set(members);
    for (const { pid, startTicks } of rows) {
      if (known.some((each) => each.pid === pid && each.startTicks === startTicks)) roots.add(pid);
    }
    for (const [pid, mark] of marks) if (mark === desktop) roots.add(pid);
    return withDescendants(rows, roots);
  }
}

async function readMarkedProcesses(): Promise<MarkedProcesses> {
  const rows = await listProcesses();
  const marks = new Map<number, string>();
  await Promise.all(
    rows.map(async ({ pid }) => {
      const mark = await readVariable(pid, desktopMarker);
      if (mark !== undefined) marks.set(pid, mark);
    }),
  );
  return { rows, marks };
}
