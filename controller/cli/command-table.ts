import type { Command } from './command.ts';
import { loadTest } from './commands/load-test.ts';
import { password } from './commands/password.ts';
import { tokenCreate } from './commands/token-create.ts';
import { tokenList } from './commands/token-list.ts';
import { tokenWithdraw } from './commands/token-withdraw.ts';
import { userAdd } from './commands/user-add.ts';
import { userList } from './commands/user-list.ts';
import { userDisable, userEnable } from './commands/user-switch.ts';

/** Every command but `up` and `help`, which are no calls of the API. */
export const commandTable: readonly Command[] = [
  tokenCreate,
  tokenList,
  tokenWithdraw,
  userAdd,
  userList,
  userDisable,
  userEnable,
  password,
  loadTest,
];

/** @returns the command that a command line begins with, and what follows its name. */
export function findCommand(
  argv: readonly string[],
): { command: Command; rest: readonly string[] } | undefined {
  for (const command of commandTable) {
    const words = command.name.split(' ');
    if (words.every((word, index) => argv[index] === word))
      return { command, rest: argv.slice(words.length) };
  }
  return undefined;
}
