import { commandTable } from '@homeroom/controller/cli/command-table.ts';
import { exitCodes } from '@homeroom/controller/cli/exit-codes.ts';
import { overview } from '@homeroom/controller/cli/help.ts';

const exitMeanings: Record<keyof typeof exitCodes, string> = {
  succeeded: 'done',
  failed: 'refused or failed; the message says why',
  usage: 'the command line is wrong',
  unreachable: 'no controller answers',
  configuration: 'the configuration is wrong (EX_CONFIG of sysexits.h)',
};

/** @returns docs/command.md */
export function commandPage(): string {
  const exits = Object.entries(exitMeanings).map(
    ([name, meaning]) => `| ${exitCodes[name as keyof typeof exitCodes]} | ${meaning} |`,
  );
  const commands = commandTable.map(
    ({ name, usage }) => `## ${name}\n\n\`\`\`text\n${usage.trimEnd()}\n\`\`\`\n`,
  );
  return `<!-- Made from the command table in controller/cli by \`npm run docs\`; \`npm test\` compares them. -->

# The command \`homeroom\`

\`npm link\` in the checkout puts \`homeroom\` into your path; \`node controller/cli/homeroom.mjs\` is the same. It brings its own Node.
Tables are for people; with \`--json\` a command prints one line of JSON for scripts. What is told beside the answer goes to the standard error.

\`\`\`text
${overview().trimEnd()}
\`\`\`

| ends with | when |
|---|---|
${exits.join('\n')}

${commands.join('\n')}`;
}
