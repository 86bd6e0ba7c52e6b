/**
 * The stages of `npm test`, and what their results come to. No I/O here.
 *
 * @typedef {{ name: string, file: string, reason: string }} SkippedTest
 * @typedef {{ passed: number, failed: number, skipped: readonly SkippedTest[] }} StageCount
 *
 * @typedef {object} Stage
 * @property {string} name
 * @property {readonly string[]} command a program of `node_modules/.bin` and its arguments
 * @property {boolean} hasTests whether it is a vitest run
 */

/**
 * @param {string} project of vitest.config.ts
 * @param {string[]} options of vitest
 */
const tests = (project, ...options) => ({
  name: project,
  hasTests: true,
  command: [
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=dot',
    '--reporter=./setup/count-reporter.ts',
    ...options,
  ],
});

/** @type {readonly Stage[]} */
export const stages = [
  {
    name: 'format and lint',
    hasTests: false,
    command: ['biome', 'check', '--error-on-warnings', '--diagnostic-level=warn', '.'],
  },
  { name: 'types', hasTests: false, command: ['tsc', '-p', '.'] },
  { name: 'types of set-up', hasTests: false, command: ['tsc', '-p', 'setup'] },
  { name: 'types of the pages', hasTests: false, command: ['tsc', '-p', 'controller/web'] },
  { name: 'types of the widgets', hasTests: false, command: ['tsc', '-p', 'flows/palette/ui'] },
  tests('house'),
  tests('unit'),
  // They wait for processes more than they compute, so two at once fill two cores.
  tests('integration', '--maxWorkers=2'),
  tests('end-to-end'),
];

/**
 * @param {Stage} stage
 * @param {number} exitCode
 * @param {StageCount | undefined} count undefined when the stage has no tests or wrote no count
 * @returns {StageCount} a stage that failed has at least one failure: a linter's or a compiler's, one for a run that broke, one
 * for a suite without tests
 */
export function judgeStage(stage, exitCode, count) {
  const told = count ?? { passed: 0, failed: 0, skipped: [] };
  const isEmpty = stage.hasTests && told.passed + told.failed + told.skipped.length === 0;
  return exitCode !== 0 || isEmpty ? { ...told, failed: Math.max(1, told.failed) } : told;
}

/**
 * @param {readonly StageCount[]} counts
 * @returns {StageCount}
 */
export function sumCounts(counts) {
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
    skipped: counts.flatMap(({ skipped }) => skipped),
  };
}

/**
 * @param {StageCount} total
 * @returns {string} the skipped tests with their reasons, then the line that ends `npm test`
 */
export function summaryOf({ passed, failed, skipped }) {
  const reasons = skipped.map(({ name, file, reason }) => `  skipped: ${name} (${file}): ${reason}\n`);
  return `${reasons.join('')}${passed} passed, ${failed} failed, ${skipped.length} skipped\n`;
}
