import { defineConfig } from 'vitest/config';

/**
 * Four suites, run in this order by `npm test`. `house` holds the source to the project's own rules and the
 * reference pages to the code; `unit` does no I/O; the others start real processes.
 */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'house', include: ['test/house/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'unit',
          testTimeout: 30_000,
          include: ['{protocol,hardware,agent,controller,setup}/**/*.test.ts', 'flows/**/*.test.{js,ts}'],
          exclude: ['**/node_modules/**', '**/dist/**'],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts', 'test/contract/**/*.test.ts'],
          // The files of one database server are made for all of them; each file gets a copy.
          globalSetup: ['test/support/prepared-postgres/global-setup.ts'],
          // Ends what hangs; a busy machine may take its time.
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // It must get the same `graphql` as our own code: two of them do not know each other's schemas.
          server: { deps: { inline: ['graphql-http'] } },
        },
      },
      {
        test: {
          name: 'end-to-end',
          include: ['test/end-to-end/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
