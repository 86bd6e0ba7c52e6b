const portStep = 1000;
const highestPort = 65_535;

/**
 * The command line that chooses other ports and keeps everything else as it was given. Pure.
 *
 * @param taken the ports that cannot be used, each with the option that chooses another
 * @param given the words that were typed after `npm start --`
 */
export function otherPorts(
  taken: readonly { readonly port: number; readonly option: string }[],
  given: readonly string[],
): string {
  const replaced = taken.map(({ option }) => option);
  const kept = given.filter((word, index) => {
    const isReplaced = replaced.includes(word.split('=', 1)[0] ?? '');
    return !isReplaced && !replaced.includes(given[index - 1] ?? '');
  });
  const chosen = taken.map(({ port, option }) => `${option} ${otherPort(port)}`);
  return ['npm start --', ...kept.map(quoted), ...chosen].join(' ');
}

function otherPort(port: number): number {
  return port + portStep <= highestPort ? port + portStep : port - portStep;
}

/** As a shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
