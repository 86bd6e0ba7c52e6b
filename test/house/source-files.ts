import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** One file of ours that is code. */
export interface SourceFile {
  /** From the checkout's root, with slashes: `controller/store/database.ts`. */
  readonly path: string;
  readonly text: string;
}

/** The checkout. */
export const root = resolve(import.meta.dirname, '../..');

const folders = ['protocol', 'hardware', 'agent', 'controller', 'flows', 'setup', 'test'];
const isCode = /\.(?:ts|tsx|mjs)$/;
const notOurs = new Set(['node_modules', 'dist', 'samples']);

/** @returns every file of code in the checkout, by path. */
export function readSourceFiles(): SourceFile[] {
  return folders
    .flatMap((folder) => filesBelow(join(root, folder)))
    .filter((path) => isCode.test(path))
    .map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') }))
    .sort((one, other) => one.path.localeCompare(other.path));
}

/** @returns every file below a folder, whatever it is; ours alone. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/** @returns whether a file is a test, or exists for tests alone. */
export function isForTests(path: string): boolean {
  return path.startsWith('test/') || path.includes('.test.') || path.includes('/testing/');
}
