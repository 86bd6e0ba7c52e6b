import type { Command } from '../command.ts';
import { type CompletedCommand, completedCommands, firstWords, quoted, secondWords } from './words.ts';

/** @returns completions for fish. Pure. */
export function fishCompletion(table: readonly Command[]): string {
  const first = firstWords(table);
  const lines = first.flatMap(({ word, description }) => [
    `complete -c homeroom -f -n __fish_use_subcommand -a ${word} -d ${quoted(description)}`,
    ...secondWords(table, word).map((second) => {
      const known = secondWords(table, word)
        .map((each) => each.word)
        .join(' ');
      const condition = `__fish_seen_subcommand_from ${word}; and not __fish_seen_subcommand_from ${known}`;
      return `complete -c homeroom -f -n ${quoted(condition)} -a ${second.word} -d ${quoted(second.description)}`;
    }),
  ]);
  const options = completedCommands(table).flatMap(optionLines);
  return `# made by \`homeroom completion fish\`\n${[...lines, ...options].join('\n')}\n`;
}

function optionLines({ name, options, takesFiles }: CompletedCommand): string[] {
  const condition = quoted(name.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and '));
  const own = options.map(({ word, description, choices, takesValue }) => {
    const value = takesValue ? ` -r${choices.length > 0 ? ` -f -a ${quoted(choices.join(' '))}` : ''}` : '';
    return `complete -c homeroom -n ${condition} -l ${word.slice(2)}${value} -d ${quoted(description)}`;
  });
  return takesFiles ? [...own, `complete -c homeroom -n ${condition} -F`] : own;
}
