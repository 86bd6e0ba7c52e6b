import { HomeroomError } from '@homeroom/protocol';
import * as v from 'valibot';
import { type Config, type ConfigKey, configKeys, configSchema } from './config-keys.ts';
import { faultsOfSignIn } from './sign-in-faults.ts';

/** Where settings come from; `main.ts` gives the real ones. */
export interface ConfigSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** @returns the text of a file, or undefined when it does not exist. */
  readonly readFile: (path: string) => string | undefined;
}

const keys: Readonly<Record<string, ConfigKey>> = configKeys;

/**
 * Read the settings: the environment wins over the file, the file over the defaults. The file is
 * the one that HOMEROOM_CONFIG names, else `config.json` in the data folder.
 *
 * @throws HomeroomError `config_invalid` with every fault on a line of its own; never with a secret
 */
export function loadConfig(sources: ConfigSources): Config {
  const file = readConfigFile(sources);
  const given = { ...file.values, ...valuesOfEnvironment(sources.environment) };
  const parsed = v.safeParse(configSchema, withDevicePort(given));
  const faults = [
    ...file.faults,
    ...(parsed.success ? faultsBetween(parsed.output, sources.readFile) : faultsOf(parsed.issues)),
  ];
  if (parsed.success && faults.length === 0) return parsed.output;
  throw new HomeroomError('config_invalid', faults.join('\n'));
}

/** Devices meet a controller that reaches its external broker by TLS at the same port, unless told otherwise. */
function withDevicePort(values: Record<string, unknown>): Record<string, unknown> {
  const url = typeof values.mqttUrl === 'string' ? URL.parse(values.mqttUrl) : null;
  if (url?.protocol !== 'mqtts:') return values;
  return { mqttTlsPort: url.port === '' ? '8883' : url.port, ...values };
}

/** An empty variable counts as unset: unit files and compose files cannot leave one out. */
function valuesOfEnvironment(environment: ConfigSources['environment']): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, key] of Object.entries(keys)) {
    const value = environment[key.environment];
    if (value) values[name] = value;
  }
  return values;
}

function readConfigFile({ environment, readFile }: ConfigSources): {
  values: Record<string, unknown>;
  faults: string[];
} {
  const named = environment.HOMEROOM_CONFIG;
  const path = named || `${environment.HOMEROOM_DATA_DIR || configKeys.dataDir.fallback}/config.json`;
  const content = readFile(path);
  if (content === undefined) {
    return { values: {}, faults: named ? [`HOMEROOM_CONFIG is "${path}"; there is no such file`] : [] };
  }
  const parsed = v.safeParse(v.record(v.string(), v.unknown()), parseJson(content));
  return parsed.success
    ? { values: parsed.output, faults: [] }
    : { values: {}, faults: [`${path} must hold one JSON object`] };
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    // Undefined is no JSON object either: the caller tells the one fault for both.
    return undefined;
  }
}

function faultsOf(issues: readonly v.BaseIssue<unknown>[]): string[] {
  const faults = new Map<string, string>();
  for (const issue of issues) {
    const name = String(issue.path?.[0]?.key ?? 'the file');
    if (!faults.has(name)) faults.set(name, faultOf(name, issue.path?.[0]?.value));
  }
  return [...faults.values()];
}

function faultOf(name: string, value: unknown): string {
  const key = Object.hasOwn(keys, name) ? keys[name] : undefined;
  if (!key) return `${name} is no setting; see docs/configuration.md`;
  const shown = key.isSecret ? 'a value that is not shown' : JSON.stringify(value);
  return `${key.environment} (${name}) is ${shown}; it must be ${key.allowed}`;
}

function faultsBetween(config: Config, readFile: ConfigSources['readFile']): string[] {
  return [
    ...faultsOfRoles(config),
    ...faultsOfCertificate(config, readFile),
    ...faultsOfSignIn(config, readFile),
  ];
}

/** Two processes cannot both start one database, and one that did so by mistake would work for nobody. */
function faultsOfRoles({ roles, databaseUrl }: Config): string[] {
  if (roles.includes('api') || databaseUrl !== undefined) return [];
  return [
    `HOMEROOM_DATABASE_URL (databaseUrl) is not set; a process with the roles ${roles.join(', ')} and without api starts no database: it must be the URL of the one that the other processes use`,
  ];
}

function faultsOfCertificate({ tlsCert, tlsKey }: Config, readFile: ConfigSources['readFile']): string[] {
  const hasOne = (tlsCert === undefined) !== (tlsKey === undefined);
  if (hasOne) return ['HOMEROOM_TLS_CERT and HOMEROOM_TLS_KEY must be set both or neither'];
  // Told here, and not when the port opens: database and broker would be up by then.
  const files = { HOMEROOM_TLS_CERT: tlsCert, HOMEROOM_TLS_KEY: tlsKey };
  return Object.entries(files).flatMap(([setting, path]) =>
    path !== undefined && readFile(path) === undefined
      ? [`${setting} is "${path}"; there is no such file that can be read`]
      : [],
  );
}
