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
  HOMEROOM_DATA_DIR  the data folder of a controller on this machine (.homeroom): its address, certificate and token are there
  HOMEROOM_URL       another controller; https://, or http:// on this machine
  HOMEROOM_TOKEN     a bearer token for it
  HOMEROOM_CA        PEM file of the authority that signed its certificate, where that is no public one

Exit codes: 0 done, 1 refused or failed, 2 the command line is wrong, 3 no controller answers, 78 the configuration is wrong.
`;
}
