/** The lock says what the packages say, and nothing of where they were fetched. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './source-files.ts';

const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;

type Wanted = { readonly [Kind in (typeof kinds)[number]]?: Readonly<Record<string, string>> };

interface Locked extends Wanted {
  readonly resolved?: string;
  readonly link?: boolean;
}

const readJson = <T>(path: string): T => JSON.parse(readFileSync(join(root, path), 'utf8')) as T;
const wantedOf = (from: Wanted) => Object.fromEntries(kinds.map((kind) => [kind, from[kind] ?? {}]));

const { packages } = readJson<{ packages: Record<string, Locked> }>('package-lock.json');
const own = Object.keys(packages).filter((path) => !path.includes('node_modules/'));

describe('package-lock.json', () => {
  it.each(own)('asks for what the package in "%s" asks for', (path) => {
    expect(wantedOf(packages[path] ?? {})).toEqual(wantedOf(readJson(join(path, 'package.json'))));
  });

  it('names no registry', () => {
    const fetched = Object.values(packages).filter(({ resolved, link }) => resolved !== undefined && !link);
    expect(fetched).toEqual([]);
  });
});
