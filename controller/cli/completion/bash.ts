import type { Command } from '../command.ts';
import { completedCommands, firstWords, secondWords } from './words.ts';

/** @returns a script for bash, with or without the package bash-completion. Pure. */
export function bashCompletion(table: readonly Command[]): string {
  const first = firstWords(table).map(({ word }) => word);
  const seconds = first.flatMap((word) => {
    const words = secondWords(table, word).map((each) => each.word);
    return words.length > 0 ? [`    ${word}) words='${words.join(' ')}' ;;`] : [];
  });
  const commands = completedCommands(table);
  const options = commands.map(
    ({ name, options: each }) =>
      `    '${name.join(' ')}') words='${each.map(({ word }) => word).join(' ')}' ;;`,
  );
  const values = commands.flatMap(({ name, options: each }) =>
    each
      .filter(({ takesValue }) => takesValue)
      .map(
        ({ word, choices }) => `    '${name.join(' ')} ${word}') words='${choices.join(' ')}'; isValue=1 ;;`,
      ),
  );
  const files = commands.filter(({ takesFiles }) => takesFiles).map(({ name }) => `'${name.join(' ')}'`);
  return `# bash completion for homeroom; made by \`homeroom completion bash\`
_homeroom() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  local first="\${COMP_WORDS[1]}" second="\${COMP_WORDS[2]}" words='' command isValue=''
  COMPREPLY=()
  if (( COMP_CWORD == 1 )); then
    COMPREPLY=($(compgen -W '${first.join(' ')}' -- "$current"))
    return
  fi
  case "$first" in
${seconds.join('\n')}
  esac
  if [[ -n $words ]]; then
    if (( COMP_CWORD == 2 )); then
      COMPREPLY=($(compgen -W "$words" -- "$current"))
      return
    fi
    command="$first $second"
  else
    command="$first"
  fi
  words=''
  case "$command $before" in
${values.join('\n')}
  esac
  if [[ -z $isValue && $current == -* ]]; then
    case "$command" in
${options.join('\n')}
    esac
  fi
  if [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    return
  fi
  case "$command" in
    ${files.join('|')}) compopt -o default ;;
  esac
  if [[ $before == --passphrase-file || $before == --passwords || $before == --homes ]]; then compopt -o default; fi
}
complete -F _homeroom homeroom
`;
}
