import type { Command } from '../command.ts';

/** What may stand at one place of a command line. */
export interface Choice {
  readonly word: string;
  readonly description: string;
}

/** A command, as a shell's completion sees it. */
export interface CompletedCommand {
  /** One or two words. */
  readonly name: readonly [string, ...string[]];
  readonly options: readonly (Choice & {
    readonly choices: readonly string[];
    readonly takesValue: boolean;
  })[];
  /** Whether files are what it takes. */
  readonly takesFiles: boolean;
}

const serverOption = {
  word: '--server',
  description: 'another controller, by its URL',
  choices: [],
  takesValue: true,
};

/** Commands that no table has. */
const others: readonly Choice[] = [
  { word: 'help', description: 'print the help' },
  { word: 'up', description: 'start everything on this machine' },
];

/** @returns the first words of all commands; what several commands begin with has no description of its own */
export function firstWords(table: readonly Command[]): Choice[] {
  const words = new Map(others.map(({ word, description }) => [word, description]));
  for (const { name, summary } of table) {
    const [first = '', second] = name.split(' ');
    words.set(first, second === undefined ? summary : [words.get(first), second].filter(Boolean).join(', '));
  }
  return [...words].map(([word, description]) => ({ word, description }));
}

/** @returns what follows a first word; empty where the command has one word */
export function secondWords(table: readonly Command[], first: string): Choice[] {
  return table.flatMap(({ name, summary }) => {
    const [word, second] = name.split(' ');
    return word === first && second !== undefined ? [{ word: second, description: summary }] : [];
  });
}

/** @returns every command with its options */
export function completedCommands(table: readonly Command[]): CompletedCommand[] {
  return table.map(({ name, options, arguments: names = [] }) => {
    const [first = '', ...rest] = name.split(' ');
    const own = Object.entries(options).map(([option, { description, choices = [], type }]) => ({
      word: `--${option}`,
      description,
      choices,
      takesValue: type === 'string',
    }));
    const takesFiles = names.some((each) => each.replaceAll(/[[\]]/g, '') === 'file');
    return { name: [first, ...rest] as const, options: [...own, serverOption], takesFiles };
  });
}

/** @returns a text within single quotes of a shell */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
