import { parseArgs } from 'node:util';
import { HomeroomError, toError } from '@homeroom/protocol';

/** What `homeroom up` was asked for, beyond the controller's own settings. */
export interface UpOptions {
  readonly help: boolean;
  readonly seats: number;
  readonly host: boolean;
  readonly kiosk: boolean;
  /** Settings of the controller that an option replaces, by their names in the environment. */
  readonly environment: Readonly<Record<string, string>>;
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

/**
 * @param args the words after `homeroom up`
 * @throws HomeroomError `config_invalid` for an option that is unknown or has a wrong value
 */
export function parseUpOptions(args: readonly string[]): UpOptions {
  const values = parseWords(args);
  const environment: Record<string, string> = {};
  for (const option of Object.keys(settings) as (keyof typeof settings)[]) {
    const value = values[option];
    if (value !== undefined) environment[settings[option]] = value;
  }
  return {
    help: values.help ?? false,
    seats: parseSeats(values.seats),
    host: !values['no-host'],
    kiosk: !values['no-kiosk'],
    environment,
  };
}

function parseWords(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: upOptionTypes, strict: true }).values;
  } catch (caught) {
    const error = toError(caught);
    throw new HomeroomError('config_invalid', `${error.message} \`npm start -- --help\` lists the options.`, {
      cause: error,
    });
  }
}

function parseSeats(text: string | undefined): number {
  if (text === undefined) return defaultSeats;
  const seats = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (seats <= maxSeats) return seats;
  throw new HomeroomError(
    'config_invalid',
    `--seats is "${text}"; it must be a number from 0 to ${maxSeats}`,
  );
}
