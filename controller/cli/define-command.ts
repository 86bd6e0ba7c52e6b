import { parseArgs } from 'node:util';
import { toError } from '@homeroom/protocol';
import { CliFault } from './cli-fault.ts';
import type { Command, CommandContext } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import type { OptionRules, OptionValues } from './option-rule.ts';
import { usageOf } from './usage-of.ts';

export interface CommandSpec<O extends OptionRules> {
  /** As typed: `devices show`. */
  readonly name: string;
  readonly summary: string;
  /** `room`; `[file]` may be left out; `user...` is one or more. The last alone may be of the latter two. */
  readonly arguments?: readonly string[];
  readonly options?: O;
  /** Whole sentences, below the synopsis in its help. */
  readonly about?: string;
  /** @throws CliFault, HomeroomError */
  readonly run: (
    given: { readonly values: OptionValues<O>; readonly args: readonly string[] },
    context: CommandContext,
  ) => Promise<void>;
}

/** @returns a command whose help, reading and completion are made of one description */
export function defineCommand<const O extends OptionRules>(spec: CommandSpec<O>): Command {
  const rules: OptionRules = spec.options ?? {};
  const names = spec.arguments ?? [];
  return {
    name: spec.name,
    summary: spec.summary,
    arguments: names,
    options: rules,
    usage: usageOf({ ...spec, arguments: names, options: rules }),
    run: async (argv, context) => {
      const { values, args } = read(argv, rules, names);
      // Read by the very rules that the type is made of.
      await spec.run({ values: values as OptionValues<O>, args }, context);
    },
  };
}

function read(argv: readonly string[], rules: OptionRules, names: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries(rules).map(([name, { type, multiple = false }]) => [name, { type, multiple }] as const),
  );
  const parsed = parse(argv, options);
  checkCount(parsed.positionals, names);
  const values = Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => {
      const fallback = rule.type === 'boolean' ? false : rule.multiple ? [] : undefined;
      return [name, parsed.values[name] ?? fallback];
    }),
  );
  for (const [name, { choices }] of Object.entries(rules)) checkChoice(name, values[name], choices);
  return { values, args: parsed.positionals };
}

type ParseOptions = Record<string, { type: 'string' | 'boolean'; multiple: boolean }>;

function parse(argv: readonly string[], options: ParseOptions) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (caught) {
    const cause = toError(caught);
    const [, option] = /^Option '(?:-\w, )?(--[\w-]+).*' argument is ambiguous/.exec(cause.message) ?? [];
    if (option !== undefined) {
      const words = `${option} lacks its value; one that begins with a dash is written ${option}=-1.`;
      throw new CliFault(exitCodes.usage, words, { cause });
    }
    // Node goes on about spellings that are none of ours.
    const message = `${cause.message.split(/\.(?:\s|$)|\n/, 1)[0]}.`;
    throw new CliFault(exitCodes.usage, message, { cause });
  }
}

function checkCount(given: readonly string[], names: readonly string[]): void {
  const least = names.filter((name) => !name.startsWith('[')).length;
  const most = names.some((name) => name.endsWith('...')) ? Number.POSITIVE_INFINITY : names.length;
  const missing = names[given.length]?.replace('...', '');
  if (given.length < least) throw new CliFault(exitCodes.usage, `<${missing}> is missing.`);
  if (given.length > most) throw new CliFault(exitCodes.usage, `"${given[most]}" is one word too many.`);
}

function checkChoice(name: string, value: unknown, choices: readonly string[] | undefined): void {
  const given = Array.isArray(value) ? value : [value];
  for (const each of given) {
    if (each === undefined || !choices || choices.includes(String(each))) continue;
    throw new CliFault(exitCodes.usage, `--${name} ${each}: one of ${choices.join(', ')} is needed.`);
  }
}
