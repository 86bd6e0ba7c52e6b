import { commandTable } from './command-table.ts';

/** @returns the help of the whole command. */
export function overview(): string {
  const rows: [string, string][] = [
    ['up', 'start everything on this machine'],
    ...commandTable.map(({ name, summary }): [string, string] => [name, summary]),
    ['help [command]', 'print this, or the help of one command'],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, summary]) => `  ${name.padEnd(width)}  ${summary}`).join('\n');
  return `homeroom <command>

${lines}

Environment
  HOMEROOM_URL       the controller (https://127.0.0.1:<HOMEROOM_PORT, else 8080>, with its own certificate)
  HOMEROOM_TOKEN     a bearer token; without it, <HOMEROOM_DATA_DIR>/controller/admin-token is read

Exit codes: 0 done, 1 refused or failed, 2 the command line is wrong, 3 no controller answers
`;
}
