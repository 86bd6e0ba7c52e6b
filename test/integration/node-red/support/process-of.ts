import { readdirSync, readFileSync } from 'node:fs';

/** @returns the processes of Node-RED that keep their files in a folder */
export function nodeRedProcesses(dir: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(`HOMEROOM_NODE_RED_DIR=${dir}\0`))
    .map(Number);
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    // It has ended since.
    return '';
  }
}
