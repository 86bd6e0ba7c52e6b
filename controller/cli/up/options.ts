import { parseArgs } from 'node:util';

/** What `homeroom up` was asked for, beyond the controller's own settings. */
export interface UpOptions {
  readonly help: boolean;
  readonly seats: number;
  readonly host: boolean;
  readonly kiosk: boolean;
  /** Settings of the controller that an option replaces, by their names in the environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** The words themselves, for a hint that repeats them. */
  readonly given: readonly string[];
}

const maxSeats = 32;
const defaultSeats = 3;

/** Options that stand for a setting of the controller, which checks their values. */
const settings = {
  port: 'HOMEROOM_PORT',
  'mqtt-port': 'HOMEROOM_MQTT_PORT',
  'mqtt-tls-port': 'HOMEROOM_MQTT_TLS_PORT',
  data: 'HOMEROOM_DATA_DIR',
} as const;

/** Every option, as `parseArgs` wants them; `usage.txt` tells the same. */
export const upOptionTypes = {
  port: { type: 'string' },
  'mqtt-port': { type: 'string' },
  'mqtt-tls-port': { type: 'string' },
  data: { type: 'string' },
  seats: { type: 'string' },
  'no-host': { type: 'boolean' },
  'no-kiosk': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** The options, and what is wrong with the words; faults are told together with those of the settings. */
export interface ParsedUpOptions {
  readonly options: UpOptions;
  /** A line for each; empty when all is well. */
  readonly faults: readonly string[];
}

/** @param args the words after `homeroom up` */
export function parseUpOptions(args: readonly string[]): ParsedUpOptions {
  // Not strict: that stops at the first fault.
  const { values, tokens } = parseArgs({
    args: [...args],
    options: upOptionTypes,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const faults = tokens.map(faultOf).filter((fault) => fault !== undefined);
  const environment: Record<string, string> = {};
  for (const option of Object.keys(settings) as (keyof typeof settings)[]) {
    const value = values[option];
    if (typeof value === 'string') environment[settings[option]] = value;
  }
  const options = {
    help: values.help === true,
    seats: seatsOf(values.seats),
    host: !values['no-host'],
    kiosk: !values['no-kiosk'],
    environment,
    given: args,
  };
  return { options, faults };
}

type Token =
  | {
      readonly kind: 'option';
      readonly name: string;
      readonly rawName: string;
      readonly value: string | undefined;
    }
  | { readonly kind: 'positional'; readonly value: string }
  | { readonly kind: 'option-terminator' };

function faultOf(token: Token): string | undefined {
  if (token.kind === 'option-terminator') return undefined;
  if (token.kind === 'positional') return `"${token.value}" is no option${seeHelp}`;
  const { name, rawName, value } = token;
  if (!isOption(name)) return `${rawName} is no option${seeHelp}`;
  const takesValue = upOptionTypes[name].type === 'string';
  if (takesValue !== (value !== undefined))
    return `${rawName} takes ${takesValue ? 'a' : 'no'} value${seeHelp}`;
  const isWrong = name === 'seats' && seatsOf(value) > maxSeats;
  return isWrong ? `${rawName} is "${value}"; it must be a number from 0 to ${maxSeats}.` : undefined;
}

const seeHelp = '; `npm start -- --help` lists them.';

function isOption(name: string): name is keyof typeof upOptionTypes {
  return Object.hasOwn(upOptionTypes, name);
}

/** @returns more than any may be for what is no number */
function seatsOf(text: string | boolean | undefined): number {
  if (text === undefined) return defaultSeats;
  return typeof text === 'string' && /^\d{1,3}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
}
