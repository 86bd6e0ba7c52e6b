import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { filesBelow, root } from './source-files.ts';

/** A link or a picture that points into the checkout. */
interface Link {
  readonly page: string;
  readonly target: string;
}

const pages = [
  join(root, 'README.md'),
  join(root, 'CONTRIBUTING.md'),
  ...filesBelow(join(root, 'docs')),
].filter((path) => path.endsWith('.md'));

function linksOf(page: string): Link[] {
  const text = readFileSync(page, 'utf8').replace(/```[\s\S]*?```/g, '');
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
  return targets.filter((target) => !/^[a-z]+:/.test(target)).map((target) => ({ page, target }));
}

/** @returns the anchors that GitHub gives a page: one per heading, and those written out. */
function anchorsOf(page: string): Set<string> {
  const text = readFileSync(page, 'utf8');
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map((match) => match[1] ?? '')]);
}

function isBroken({ page, target }: Link): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : join(dirname(page), path);
  if (!existsSync(file)) return true;
  return anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).has(anchor);
}

it('has no broken link in its pages', () => {
  const broken = pages.flatMap(linksOf).filter(isBroken);
  expect(broken.map(({ page, target }) => `${relative(root, page)}: ${target}`)).toEqual([]);
});

it('reaches every page from the index', () => {
  const index = new Set(
    linksOf(join(root, 'docs/README.md')).map(({ target }) => join(root, 'docs', target.split('#')[0] ?? '')),
  );
  const lost = pages.filter(
    (page) => page.startsWith(join(root, 'docs')) && !page.endsWith('docs/README.md') && !index.has(page),
  );
  expect(lost.map((page) => relative(root, page))).toEqual([]);
});
