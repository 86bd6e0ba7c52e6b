import { readdir, readFile, stat } from 'node:fs/promises';

/** A process, told apart from a later one with the same number by its start time. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks from boot to its start, as `/proc/<pid>/stat` has it. */
  readonly startTicks: number;
}

export interface ProcessRow extends ProcessIdentity {
  readonly parentPid: number;
  readonly groupPid: number;
  readonly sessionPid: number;
  /** The kernel's letter; `Z` is dead and only waits for its parent. */
  readonly state: string;
}

/**
 * @param text a line of `/proc/<pid>/stat`; the name in it may hold spaces and parentheses
 * @returns the row, or undefined when the text is none
 */
export function parseProcessStat(text: string): ProcessRow | undefined {
  const nameEnd = text.lastIndexOf(')');
  const pid = Number.parseInt(text, 10);
  const fields = text.slice(nameEnd + 2).split(' ');
  const [state = '', parent, group, session] = fields;
  // proc(5): field 22 is starttime; the fields after the name begin with number 3.
  const startTicks = Number(fields[19]);
  if (nameEnd < 0 || !Number.isInteger(pid) || !Number.isInteger(startTicks)) return undefined;
  return {
    pid,
    startTicks,
    state,
    parentPid: Number(parent),
    groupPid: Number(group),
    sessionPid: Number(session),
  };
}

/** @returns the process, or undefined when it is gone or only waits for its parent. */
export async function readProcess(pid: number): Promise<ProcessRow | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const row = parseProcessStat(text);
  return row && row.state !== 'Z' && row.state !== 'X' ? row : undefined;
}

/** @returns whether this very process still runs, not another one that got its number. */
export async function isSameProcess(identity: ProcessIdentity): Promise<boolean> {
  const row = await readProcess(identity.pid);
  return row?.startTicks === identity.startTicks;
}

/** @returns every live process that `/proc` shows. */
export async function listProcesses(): Promise<ProcessRow[]> {
  const names = await readdir('/proc');
  const rows = await Promise.all(
    names.filter((name) => /^\d+$/.test(name)).map((name) => readProcess(Number(name))),
  );
  return rows.filter((row) => row !== undefined);
}

/** @returns the arguments of a process; empty when it is gone or not ours to see. */
export async function readCommandLine(pid: number): Promise<string[]> {
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return text.split('\0').filter((argument) => argument !== '');
}

/** @returns a variable of the environment that the process was started with; undefined when it has none, or is gone. */
export async function readVariable(pid: number, name: string): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
  return text
    .split('\0')
    .find((assignment) => assignment.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

/** @returns whether `NAME=value` stands in the environment that the process was started with. */
export async function hasEnvironment(pid: number, assignment: string): Promise<boolean> {
  const text = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
  return text.split('\0').includes(assignment);
}

/** @returns the uid that the process runs as, or undefined when it is gone. */
export async function readOwner(pid: number): Promise<number | undefined> {
  return (await stat(`/proc/${pid}`).catch(() => undefined))?.uid;
}

/** @returns the kernel's id of this boot; start times of another boot mean nothing. */
export async function readBootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
}

/** @returns `roots` and every process that descends from one of them, of the rows given. */
export function withDescendants(rows: readonly ProcessRow[], roots: ReadonlySet<number>): ProcessRow[] {
  const found = new Set(roots);
  let grown = true;
  while (grown) {
    const sizeBefore = found.size;
    for (const row of rows) if (found.has(row.parentPid)) found.add(row.pid);
    grown = found.size > sizeBefore;
  }
  return rows.filter((row) => found.has(row.pid));
}
