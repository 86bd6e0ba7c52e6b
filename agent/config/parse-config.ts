import { HomeroomError } from '@homeroom/protocol/wire';
import * as v from 'valibot';
import type { ConfigKey } from './config-key.ts';
import { type Config, configSchema } from './config-schema.ts';

/** Where values come from; a later one wins. */
export interface ConfigSources {
  /** The parsed JSON file, if one was named; undefined without. */
  readonly file: unknown;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** From the command line, by the key's name. */
  readonly args: Readonly<Record<string, string>>;
}

/** Every key with its name in a JSON file. */
export const configKeys: readonly (ConfigKey & { readonly name: string })[] = Object.entries(
  configSchema.entries,
).map(([name, schema]) => ({ name, ...toldOf(schema) }));

/**
 * Build the configuration. It does no I/O.
 *
 * @throws config_invalid with one line per fault: the key, what it has and what is allowed; never a secret
 */
export function parseConfig({ file, env, args }: ConfigSources): Config {
  const { texts, faults } = textsOf(file);
  for (const { name, env: variable } of configKeys) {
    const text = args[name] ?? env[variable];
    if (text !== undefined && text !== '') texts[name] = text;
  }
  const parsed = v.safeParse(configSchema, texts);
  for (const issue of parsed.issues ?? []) {
    const told = configKeys.find(({ name }) => name === issue.path?.[0]?.key);
    if (told) faults.push(faultOf(told, texts[told.name]));
  }
  if (!parsed.success || faults.length > 0) throw new HomeroomError('config_invalid', faults.join('\n'));
  return parsed.output;
}

function toldOf(schema: (typeof configSchema)['entries'][keyof Config]): ConfigKey {
  const action = schema.pipe.find((item) => item.type === 'metadata');
  if (action?.type !== 'metadata') throw new Error('a key of the configuration tells nothing of itself');
  return action.metadata;
}

function faultOf(told: ConfigKey & { readonly name: string }, text: string | undefined): string {
  const has = told.isSecret ? 'a value that is none' : `"${text}"`;
  return `${told.env} (${told.name}) has ${has}; allowed is ${told.allowed}`;
}

/** A JSON file may write numbers, booleans and lists as such. */
function textsOf(file: unknown): { texts: Record<string, string>; faults: string[] } {
  const faults: string[] = [];
  const texts: Record<string, string> = {};
  if (file === undefined) return { texts, faults };
  if (typeof file !== 'object' || file === null || Array.isArray(file)) {
    return { texts, faults: ['the configuration file must hold one JSON object'] };
  }
  for (const [name, value] of Object.entries(file)) {
    if (!configKeys.some((known) => known.name === name)) {
      faults.push(
        `${name} in the configuration file is no key; known are ${configKeys.map((known) => known.name).join(', ')}`,
      );
    } else if (typeof value === 'boolean') texts[name] = value ? 'on' : 'off';
    else if (value !== null) texts[name] = String(value);
  }
  return { texts, faults };
}
