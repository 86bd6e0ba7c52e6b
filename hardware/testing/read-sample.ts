import { readFileSync } from 'node:fs';

/** @returns the text of a captured sample that stands beside a test: `samples/<name>`. */
export function readSample(testUrl: string, name: string): string {
  return readFileSync(new URL(`./samples/${name}`, testUrl), 'utf8');
}
