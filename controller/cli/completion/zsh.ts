import type { Command } from '../command.ts';
import {
  type Choice,
  type CompletedCommand,
  completedCommands,
  firstWords,
  quoted,
  secondWords,
} from './words.ts';

/** @returns a function `_homeroom` for zsh's compinit. Pure. */
export function zshCompletion(table: readonly Command[]): string {
  const first = firstWords(table);
  const seconds = first.flatMap(({ word }) => {
    const choices = secondWords(table, word);
    return choices.length > 0 ? [`    ${word}) choices=(${describe(choices)}) ;;`] : [];
  });
  return `#compdef homeroom
# made by \`homeroom completion zsh\`
_homeroom() {
  local -a choices
  local command="$words[2]"
  if (( CURRENT == 2 )); then
    choices=(${describe(first)})
    _describe command choices
    return
  fi
  case "$command" in
${seconds.join('\n')}
  esac
  if (( $#choices )); then
    if (( CURRENT == 3 )); then
      _describe command choices
      return
    fi
    command="$command $words[3]"
  fi
  case "$command" in
${completedCommands(table).map(caseOf).join('\n')}
  esac
}
if [[ $funcstack[1] == _homeroom ]]; then _homeroom "$@"; else compdef _homeroom homeroom; fi
`;
}

function caseOf({ name, options, takesFiles }: CompletedCommand): string {
  const specs = options.map(({ word, description, choices, takesValue }) => {
    const value = choices.length > 0 ? `:value:(${choices.join(' ')})` : ':value:_files';
    return quoted(`*${word}[${description.replaceAll(/[[\]:]/g, ' ')}]${takesValue ? value : ''}`);
  });
  const others = quoted(takesFiles ? '*:file:_files' : '*: :');
  return `    ${quoted(name.join(' '))}) _arguments ${[...specs, others].join(' ')} ;;`;
}

function describe(choices: readonly Choice[]): string {
  return choices
    .map(({ word, description }) => quoted(`${word}:${description.replaceAll(':', ' ')}`))
    .join(' ');
}
