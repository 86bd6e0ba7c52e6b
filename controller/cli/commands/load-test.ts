import { CliFault } from '../cli-fault.ts';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { exitCodes } from '../exit-codes.ts';
import type { LoadFigures } from '../load-test/load-figures.ts';
import { type LoadTestResult, runLoadTest } from '../load-test/run-load-test.ts';
import { ProgressBar } from '../progress-bar.ts';
import { formatTable } from '../table.ts';

/** Measure the session engine of a running controller. */
export const loadTest: Command = defineCommand({
  name: 'load-test',
  summary: 'let many users who do not exist ask for a desktop at once, and measure',
  options: {
    users: { type: 'string', value: 'N', description: 'how many, from 1 to 10000' },
    template: {
      type: 'string',
      value: 'ID',
      description:
        'a template of the simulated provider that there is already; without it, one is made for the test',
    },
    json: {
      type: 'boolean',
      description: 'print one line: {users, served, failed, doubles, perSecond, p50Ms, p95Ms, p99Ms}',
    },
  },
  about: `Makes N users and simulated desktops, lets all of them ask in one burst, waits until each has a desktop of their own,
counts, and removes everything again, on Ctrl-C too. Desktops of a simulated provider cost nothing, so that
it is the session engine that is measured. Needs an admin's token.

Served is who has a session whose desktop was made theirs; times count from the beginning of the burst until then.
Ends with code 1 when somebody was not served, or when two users got one desktop.`,
  run: async ({ values }, { api, print, progress, stopping }) => {
    const result = await runLoadTest({
      api: api(),
      users: usersOf(values.users),
      template: values.template,
      progress: new ProgressBar({ write: values.json ? undefined : progress }),
      stopping,
    });
    const { figures } = result;
    print(values.json ? `${JSON.stringify(figures)}\n` : tableOf(figures));
    if (figures.failed > 0 || figures.doubles > 0) throw new CliFault(exitCodes.failed, faultOf(result));
  },
});

function usersOf(text: string | undefined): number {
  if (text !== undefined && /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 10_000) return Number(text);
  throw new CliFault(exitCodes.usage, '--users: a number from 1 to 10000 is needed.');
}

function tableOf({ users, served, doubles, perSecond, p50Ms, p95Ms, p99Ms }: LoadFigures): string {
  const row = [`${served} of ${users}`, doubles, perSecond, `${p50Ms} ms`, `${p95Ms} ms`, `${p99Ms} ms`];
  return formatTable(['SERVED', 'DOUBLES', 'PER SECOND', 'P50', 'P95', 'P99'], [row.map(String)]);
}

function faultOf({ figures, refusals }: LoadTestResult): string {
  const { failed, doubles } = figures;
  const why = [...refusals].map(([refusal, count]) => `${count} × ${refusal}`).join(', ');
  const sentences = [
    ...(failed > 0 ? [`${failed} users were not served${why && ` (${why})`}.`] : []),
    ...(doubles > 0 ? [`${doubles} desktops were given twice.`] : []),
  ];
  return sentences.join(' ');
}
