import { readdir } from 'node:fs/promises';

/** @returns the names in the folder, sorted as people count; empty when there is no such folder. */
export async function listFolder(path: string): Promise<string[]> {
  try {
    const names = await readdir(path);
    return names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  } catch {
    return [];
  }
}
