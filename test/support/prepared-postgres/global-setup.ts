/**
 * The folder in which the first test that needs PostgreSQL leaves the files of a server with the migrated template, for
 * all other files of the run: making them takes seconds of a busy machine, copying them less than half of that.
 */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startReaper } from '../reaper.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What `copyPrepared` takes. */
    preparedPostgres: string;
  }
}

/** Runs before the first test of a project. @returns what runs after the last one */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'homeroom-prepared-')));
  // Also when the run is killed.
  const reaper = startReaper(folder);
  project.provide('preparedPostgres', folder);
  return async () => {
    await rm(folder, { recursive: true, force: true });
    await reaper[Symbol.asyncDispose]();
  };
}
