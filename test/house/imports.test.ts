import { describe, expect, it } from 'vitest';
import { importsOf, libraryOf, packageOf } from './imports.ts';

const specifiersOf = (text: string) =>
  importsOf({ path: 'agent/link/link.ts', text }).map(({ specifier }) => specifier);

describe('importsOf', () => {
  it('finds imports, re-exports, bare and lazy imports', () => {
    const text = `import a, { b } from 'one';
import type { C } from "two";
export * from './three.ts';
import 'four';
const five = await import('five');
import {
  six,
} from 'six';
`;
    expect(specifiersOf(text).sort()).toEqual(['./three.ts', 'five', 'four', 'one', 'six', 'two']);
  });

  it('is not misled by comments', () => {
    expect(specifiersOf(`// import 'one'\n/* import x from 'two' */\nconst url = 'http://three';`)).toEqual(
      [],
    );
  });

  it('resolves relative ones from the root', () => {
    const [found] = importsOf({ path: 'agent/link/link.ts', text: "import { c } from '../clock.ts';" });
    expect(found?.file).toBe('agent/clock.ts');
  });
});

describe('libraryOf', () => {
  it('names the package of an outside library alone', () => {
    expect(['aedes', '@fastify/cookie', 'pg/lib/x', '@a/b/c'].map(libraryOf)).toEqual([
      'aedes',
      '@fastify/cookie',
      'pg',
      '@a/b',
    ]);
    expect(['node:fs', './x.ts', '@homeroom/protocol'].map(libraryOf)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('packageOf', () => {
  it('takes the pages for a package of their own', () => {
    expect(packageOf('controller/web/portal/app.tsx')).toBe('controller/web');
    expect(packageOf('controller/main.ts')).toBe('controller');
  });
});
