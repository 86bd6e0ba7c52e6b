/**
 * Check the words after `npm start --` before anything is installed: who mistyped one should not wait for that.
 * `homeroom up` checks them again, with the settings.
 *
 * @param {readonly string[]} args
 * @param {string} usage the text that names every option, as `  --port <number>`
 * @returns {string[]} a line for each fault; empty when all is well
 */
export function optionFaults(args, usage) {
  const options = new Map(
    [...usage.matchAll(/^ {2}--([a-z-]+)(?: <([a-z]+)>)?/gm)].map(([, name, kind]) => [`--${name}`, kind]),
  );
  const faults = [];
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? '';
    const [name = '', attached] = word.split(/=(.*)/s, 2);
    const kind = options.get(name);
    const isAlone = kind === undefined || attached !== undefined;
    const value = isAlone ? attached : args[index + 1];
    if (!isAlone) index += 1;
    faults.push(options.has(name) ? faultOf(name, kind, value) : `${word} is no option${seeHelp}`);
  }
  return faults.filter((fault) => fault !== undefined);
}

const seeHelp = '; `npm start -- --help` lists them.';

/**
 * @param {string} name
 * @param {string | undefined} kind what its value is, as in `<number>`; undefined for an option without one
 * @param {string | undefined} value
 */
function faultOf(name, kind, value) {
  if (kind === undefined) return value === undefined ? undefined : `${name} takes no value${seeHelp}`;
  if (value === undefined || value === '') return `${name} takes a value${seeHelp}`;
  const isWrong = kind === 'number' && !/^\d+$/.test(value);
  return isWrong ? `${name} is "${value}"; it must be a whole number, 0 or more.` : undefined;
}
