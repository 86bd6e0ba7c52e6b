import { toError } from '@homeroom/protocol';
import type { ApiClient } from '../api-client.ts';
import { CliFault } from '../cli-fault.ts';
import type { Command, CommandContext } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { localChecks } from '../doctor/local-checks.ts';
import { remoteChecks } from '../doctor/remote-checks.ts';
import { runChecks } from '../doctor/run-checks.ts';
import { bad, type Check, type Verdict } from '../doctor/verdict.ts';
import { exitCodes } from '../exit-codes.ts';
import { jsonOption } from '../option-rule.ts';
import { formatTable } from '../table.ts';

/** Look over an installation. */
export const doctor: Command = defineCommand({
  name: 'doctor',
  summary: 'look over an installation and say what to mend, and how',
  options: { json: jsonOption },
  about:
    'Looks at this machine (Node, folder, space, database and its schema, certificates, ports) and at what its controller tells (clock, parts and roles, hosts, pools, devices, backups, audit log); of another controller (--server) at the latter alone. Ends with code 1 when something is bad; what it only warns of is no fault.',
  run: async ({ values: { json } }, context) => {
    const answering = await reach(context);
    const isLocal = context.server === undefined;
    const verdicts = await runChecks([
      ...(isLocal ? localChecks(context.local(), { isRunning: answering.api !== undefined }) : []),
      ...(answering.api ? remoteChecks(answering.api) : [notAnswering(answering.fault)]),
    ]);
    context.print(json ? `${JSON.stringify(verdicts)}\n` : textOf(verdicts));
    const worst = verdicts.filter(({ result }) => result === 'bad').length;
    if (worst > 0) throw new CliFault(exitCodes.failed, `${worst} to mend.`);
  },
});

type Reached =
  | { readonly api: ApiClient; readonly fault?: never }
  | { readonly api?: never; readonly fault: Error };

async function reach({ api }: CommandContext): Promise<Reached> {
  try {
    const client = api();
    await client.time();
    return { api: client };
  } catch (caught) {
    return { fault: toError(caught) };
  }
}

function notAnswering({ message }: Error): Check {
  return { name: 'controller', run: async () => [bad(message, 'npm start')] };
}

function textOf(verdicts: readonly Verdict[]): string {
  const table = formatTable(
    ['check', 'verdict', 'found'],
    verdicts.map(({ name, result, found }) => [name, result, found]),
  );
  const mends = verdicts.flatMap(({ name, mend }) => (mend === null ? [] : [[name, mend]]));
  return mends.length === 0 ? table : `${table}\n${formatTable(['to mend', 'type'], mends)}`;
}
