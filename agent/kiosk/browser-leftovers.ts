import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeValue } from '@homeroom/protocol/wire';
import * as v from 'valibot';
import type { Clock } from '../clock.ts';
import { endProcesses, sendSignal } from '../end-processes.ts';
import {
  isSameProcess,
  listProcesses,
  type ProcessIdentity,
  type ProcessRow,
  readBootId,
  readCommandLine,
  withDescendants,
} from '../process-table.ts';
import { writeAtomically } from '../write-atomically.ts';

const note = v.object({ bootId: v.string(), pid: v.number(), startTicks: v.number() });
const graceMs = 1_000;
const killMs = 4_000;

/** Remembers which process is our browser, so that the next agent finds it should this one be killed. */
export async function noteBrowser(file: string, identity: ProcessIdentity): Promise<void> {
  await writeAtomically(file, JSON.stringify({ bootId: await readBootId(), ...identity }));
}

/**
 * End the browser that an earlier run of the agent left behind, and clear the locks in the profile that a killed
 * browser leaves: they would make the next one refuse to start. Only a process that is the very one noted, and
 * that was started with this profile, is touched.
 */
export async function endLeftBrowser(file: string, profileDir: string, clock: Clock): Promise<void> {
  const left = await readNote(file);
  if (left && left.bootId === (await readBootId()) && (await isSameProcess(left))) {
    const commandLine = await readCommandLine(left.pid);
    if (commandLine.includes(`--user-data-dir=${profileDir}`)) await endBrowserProcesses(left.pid, clock);
  }
  await rm(file, { force: true });
  for (const name of ['SingletonLock', 'SingletonSocket', 'SingletonCookie']) {
    await rm(join(profileDir, name), { force: true });
  }
}

/**
 * End a browser that leads a process group of its own, with everything that descends from it.
 *
 * @returns what could not be ended
 */
export function endBrowserProcesses(pid: number, clock: Clock): Promise<readonly ProcessIdentity[]> {
  return endProcesses({ find: () => findBrowserProcesses(pid), send: sendSignal, clock, graceMs, killMs });
}

/** Children stay in the group when the browser dies before them, and lose it as their parent. */
async function findBrowserProcesses(pid: number): Promise<ProcessRow[]> {
  const rows = await listProcesses();
  const roots = rows.filter((row) => row.pid === pid || row.groupPid === pid).map((row) => row.pid);
  return withDescendants(rows, new Set(roots));
}

async function readNote(file: string): Promise<v.InferOutput<typeof note> | undefined> {
  try {
    const decoded = decodeValue(note, JSON.parse(await readFile(file, 'utf8')));
    return decoded.ok ? decoded.value : undefined;
  } catch {
    // No file, or half a one: nothing is noted.
    return undefined;
  }
}
