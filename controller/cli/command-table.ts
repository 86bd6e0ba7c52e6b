import type { Command } from './command.ts';
import { apiTokenCommands } from './commands/api-token-commands.ts';
import { auditCommands } from './commands/audit-commands.ts';
import { backup } from './commands/backup.ts';
import { completion } from './commands/completion.ts';
import { deviceCommands } from './commands/device-commands.ts';
import { doctor } from './commands/doctor.ts';
import { findingCommands } from './commands/finding-commands.ts';
import { groupCommands } from './commands/group-commands.ts';
import { lessonCommands } from './commands/lesson-commands.ts';
import { loadTest } from './commands/load-test.ts';
import { login } from './commands/login.ts';
import { logout } from './commands/logout.ts';
import { password } from './commands/password.ts';
import { poolCommands } from './commands/pool-commands.ts';
import { restore } from './commands/restore.ts';
import { roomCommands } from './commands/room-commands.ts';
import { sessionCommands } from './commands/session-commands.ts';
import { templateCommands } from './commands/template-commands.ts';
import { tokenCreate } from './commands/token-create.ts';
import { tokenList } from './commands/token-list.ts';
import { tokenWithdraw } from './commands/token-withdraw.ts';
import { userAdd } from './commands/user-add.ts';
import { userImportCommand } from './commands/user-import.ts';
import { userList } from './commands/user-list.ts';
import { userDisable, userEnable } from './commands/user-switch.ts';

/** Every command but `up` and `help`, in the order of the help. */
export const commandTable: readonly Command[] = [
  login,
  logout,
  ...deviceCommands,
  ...roomCommands,
  tokenCreate,
  tokenList,
  tokenWithdraw,
  ...templateCommands,
  ...poolCommands,
  ...sessionCommands,
  userList,
  userAdd,
  userDisable,
  userEnable,
  userImportCommand,
  password,
  ...groupCommands,
  ...lessonCommands,
  ...apiTokenCommands,
  ...findingCommands,
  ...auditCommands,
  doctor,
  backup,
  restore,
  loadTest,
  completion(() => commandTable),
];

/** Who types one thing in mind says `device show`. Not `token`: those are the join tokens. */
const singulars: Readonly<Record<string, string>> = {
  device: 'devices',
  room: 'rooms',
  template: 'templates',
  pool: 'pools',
  session: 'sessions',
  user: 'users',
  group: 'groups',
  lesson: 'lessons',
};

/** @returns the command that a command line begins with, and what follows its name. */
export function findCommand(
  argv: readonly string[],
): { command: Command; rest: readonly string[] } | undefined {
  const [first = '', ...others] = argv;
  const words = [singulars[first] ?? first, ...others];
  for (const command of commandTable) {
    const name = command.name.split(' ');
    if (name.every((word, index) => words[index] === word))
      return { command, rest: words.slice(name.length) };
  }
  return undefined;
}
