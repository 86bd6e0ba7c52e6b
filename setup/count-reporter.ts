import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

/** What `npm test` wants to know of a stage. */
export interface StageCount {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly { readonly name: string; readonly file: string; readonly reason: string }[];
}

/** Writes the counts of a vitest run, with the reasons of skipped tests, to the file that STAGE_COUNT_FILE names. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const file = process.env.STAGE_COUNT_FILE;
    if (file) writeFileSync(file, JSON.stringify(countTests(modules, unhandled.length)));
  }
}

/** A module that does not load, and an error outside any test, each count as one failed test. */
function countTests(modules: readonly TestModule[], unhandledErrors: number): StageCount {
  const tests = modules.flatMap((module) =>
    [...module.children.allTests()].map((test) => ({ module, test })),
  );
  const broken = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  const skipped = tests.flatMap(({ module, test }) => {
    const result = test.result();
    if (result.state !== 'skipped') return [];
    const file = relative(process.cwd(), module.moduleId);
    return [{ name: test.fullName, file, reason: result.note ?? 'no reason given' }];
  });
  return {
    passed: tests.filter(({ test }) => test.result().state === 'passed').length,
    failed:
      tests.filter(({ test }) => test.result().state === 'failed').length +
      broken.reduce((sum, part) => sum + part.errors().length, 0) +
      unhandledErrors,
    skipped,
  };
}
