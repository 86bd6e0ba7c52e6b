import { CliFault } from '../cli-fault.ts';
import type { Command } from '../command.ts';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { defineCommand } from '../define-command.ts';
import { exitCodes } from '../exit-codes.ts';

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** @param table asked when the table is whole, this command with it */
export function completion(table: () => readonly Command[]): Command {
  return defineCommand({
    name: 'completion',
    summary: 'print what makes a shell complete these commands',
    arguments: ['shell'],
    about: `For bash: \`homeroom completion bash > ~/.local/share/bash-completion/completions/homeroom\`.
For zsh: \`homeroom completion zsh > ~/.zfunc/_homeroom\`, with ~/.zfunc in fpath before compinit.
For fish: \`homeroom completion fish > ~/.config/fish/completions/homeroom.fish\`.`,
    run: async ({ args: [shell = ''] }, { print }) => {
      print(shells[shellOf(shell)](table()));
    },
  });
}

function shellOf(text: string): keyof typeof shells {
  if (text === 'bash' || text === 'zsh' || text === 'fish') return text;
  throw new CliFault(exitCodes.usage, `${text} is no shell that is known here: bash, zsh or fish.`);
}
