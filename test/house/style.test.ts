/** style.md, as far as a machine can tell. */
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, withoutComments } from './imports.ts';
import { isForTests, readSourceFiles } from './source-files.ts';

const maxLines = 400;
const files = readSourceFiles();
const pathsWhere = (isFault: (file: (typeof files)[number]) => boolean) =>
  files.filter(isFault).map(({ path }) => path);

/** Package entries may be barrels; nothing else. */
const entries = new Set([
  'protocol/index.ts',
  'protocol/wire.ts',
  'hardware/index.ts',
  'agent/agent.ts',
  'controller/controller.ts',
]);

/** Besides every `main.ts`: programs that start the real one, and what runs before anything is installed. */
const programs = new Set([
  'agent/homeroom-agent.mjs',
  'controller/cli/homeroom.mjs',
  'setup/bench.mjs',
  'setup/count-reporter.ts',
  'setup/run.mjs',
  'setup/set-up.mjs',
  'setup/start.mjs',
  'setup/test.mjs',
]);

describe('the style of the house', () => {
  it(`keeps files at ${maxLines} lines or fewer`, () => {
    const tooLong = files.filter(({ text }) => text.split('\n').length > maxLines + 1);
    expect(tooLong.map(({ path, text }) => `${path}: ${text.split('\n').length}`)).toEqual([]);
  });

  it('names files in kebab-case', () => {
    const isKebab = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|config|bench|d))*\.(?:ts|tsx|mjs)$/;
    expect(pathsWhere(({ path }) => !isKebab.test(basename(path)))).toEqual([]);
  });

  it('has no barrels but the packages’ entries', () => {
    const isBarrel = (text: string) => {
      const code = withoutComments(text).trim();
      return code !== '' && code.replace(/export\s[^;]*?\sfrom\s'[^']+';/g, '').trim() === '';
    };
    expect(pathsWhere(({ path, text }) => !entries.has(path) && isBarrel(text))).toEqual([]);
  });

  it('keeps the HTTP resources out of a device’s memory', () => {
    const isOfDevice = (path: string) => /^(?:agent|hardware)\//.test(path);
    expect(pathsWhere(({ path, text }) => isOfDevice(path) && text.includes("'@homeroom/protocol'"))).toEqual(
      [],
    );
  });

  it('reads arguments, environment and signals, and exits, in main.ts alone', () => {
    const touches = /\bprocess\.(?:argv|env|exit|exitCode|on|once)\b/;
    const isProgram = (path: string) =>
      basename(path) === 'main.ts' || programs.has(path) || isForTests(path);
    expect(pathsWhere(({ path, text }) => !isProgram(path) && touches.test(withoutComments(text)))).toEqual(
      [],
    );
  });

  it('keeps no state at module level', () => {
    const hasState = /^(?:export )?(?:let|var) /m;
    expect(pathsWhere(({ path, text }) => !isForTests(path) && hasState.test(withoutComments(text)))).toEqual(
      [],
    );
  });

  it('silences no check and leaves nothing to do', () => {
    // Written in parts, so that this file does not find itself.
    const marks = [
      'biome' + '-ignore',
      '@ts' + '-ignore',
      '@ts' + '-expect-error',
      'as unknown' + ' as',
      'TO' + 'DO',
      'FIX' + 'ME',
    ];
    const faults = files.flatMap(({ path, text }) =>
      marks.filter((mark) => text.includes(mark)).map((mark) => `${path}: ${mark}`),
    );
    expect(faults).toEqual([]);
  });

  it('does no I/O in the tests that stand beside the code, but for reading captured samples', () => {
    const io = new Set([
      'node:fs',
      'node:fs/promises',
      'node:net',
      'node:http',
      'node:https',
      'node:tls',
      'node:child_process',
      'node:dgram',
      'pg',
      'mqtt',
    ]);
    const faults = files
      .filter(
        ({ path, text }) =>
          path.includes('.test.') && !path.startsWith('test/') && !text.includes('samples/'),
      )
      .flatMap(importsOf)
      .filter(({ specifier }) => io.has(specifier));
    expect(faults.map(({ from, specifier }) => `${from} imports ${specifier}`)).toEqual([]);
  });
});
