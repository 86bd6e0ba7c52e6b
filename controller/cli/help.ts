import { commandTable } from './command-table.ts';

/**
 * @param topic the first word of commands, as `devices`; every command when it is none
 * @returns the help of the whole command, or of those commands
 */
export function overview(topic?: string): string {
  const ofTopic = commandTable.filter(({ name }) => name.split(' ')[0] === topic);
  if (ofTopic.length > 0) return `homeroom <command>\n\n${linesOf(ofTopic)}\n`;
  const all = [
    { name: 'up', summary: 'start everything on this machine' },
    ...commandTable,
    { name: 'help [command]', summary: 'print this, or the help of one command' },
  ];
  return `homeroom <command>

${linesOf(all)}

Which controller
  that of this machine, by the token of its data folder; without one, that of the last \`homeroom login\`
  --server URL       another one, with every command

Environment
  HOMEROOM_DATA_DIR  the data folder of a controller on this machine (.homeroom): its address, certificate and token are there
  HOMEROOM_URL       another controller; https://, or http:// on this machine
  HOMEROOM_TOKEN     a bearer token for it, instead of that of \`homeroom login\`
  HOMEROOM_CA        PEM file of the authority that signed its certificate, where that is no public one

${exitCodeHelp}
`;
}

/** What scripts rely on. */
export const exitCodeHelp =
  'Exit codes: 0 done, 1 refused or failed, 2 the command line is wrong, 3 no controller answers, 78 the configuration is wrong.';

function linesOf(rows: readonly { name: string; summary: string }[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n');
}
