import { dirname, join, normalize } from 'node:path';
import type { SourceFile } from './source-files.ts';

/** One import or re-export of a file. */
export interface Import {
  readonly from: string;
  /** As it is written. */
  readonly specifier: string;
  /** For a relative one: the file, from the checkout's root. */
  readonly file: string | undefined;
}

const statement = /^\s*(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]/gm;
const bare = /^\s*import\s*['"]([^'"]+)['"]/gm;
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** @returns everything that a file imports, types too. */
export function importsOf({ path, text }: SourceFile): Import[] {
  const code = withoutComments(text);
  const specifiers = [statement, bare, dynamic].flatMap((pattern) =>
    [...code.matchAll(pattern)].map((match) => match[1] ?? ''),
  );
  return [...new Set(specifiers)].map((specifier) => ({
    from: path,
    specifier,
    file: specifier.startsWith('.')
      ? normalize(join(dirname(path), specifier.replace(/\?.*$/, '')))
      : undefined,
  }));
}

/** @returns the code with its comments blanked; a `//` inside a string stays. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1');
}

/** @returns the outside library of a specifier (`@scope/name` or `name`); undefined for Node’s own, ours and relative ones. */
export function libraryOf(specifier: string): string | undefined {
  if (/^(?:\.|\/|node:|@homeroom\/|virtual:)/.test(specifier)) return undefined;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The packages of the checkout, the innermost first. */
const packages = [
  'controller/web',
  'protocol',
  'hardware',
  'agent',
  'controller',
  'flows',
  'setup',
  'test',
] as const;
export type Package = (typeof packages)[number];

/** @returns the package that a file is part of. */
export function packageOf(path: string): Package | undefined {
  return packages.find((name) => path.startsWith(`${name}/`));
}
