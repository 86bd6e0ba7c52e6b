import { readFile } from 'node:fs/promises';
import { type JoinToken, parseJoinToken } from '@homeroom/protocol/join-token';
import { HomeroomError, toError } from '@homeroom/protocol/wire';
import type { Config } from './config-schema.ts';
import { type ConfigSources, parseConfig } from './parse-config.ts';

export interface Settings {
  readonly config: Config;
  /** From the configuration or from the file that it names. */
  readonly joinToken: JoinToken | undefined;
}

/**
 * Read the configuration with the files that it names.
 *
 * @param configPath a JSON file; undefined without
 * @throws config_invalid with one line per fault
 */
export async function readSettings(
  configPath: string | undefined,
  sources: Omit<ConfigSources, 'file'>,
): Promise<Settings> {
  const file = configPath === undefined ? undefined : parseJson(configPath, await readText(configPath));
  const config = parseConfig({ ...sources, file });
  return { config, joinToken: config.joinToken ?? (await readJoinToken(config.joinTokenFile)) };
}

async function readJoinToken(path: string | undefined): Promise<JoinToken | undefined> {
  if (path === undefined) return undefined;
  const token = parseJoinToken(await readText(path));
  if (!token)
    throw new HomeroomError(
      'config_invalid',
      `HOMEROOM_JOIN_TOKEN_FILE names ${path}, which holds no join token`,
    );
  return token;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (caught) {
    const error = toError(caught);
    throw new HomeroomError('config_invalid', `${path} cannot be read: ${error.message}`, { cause: error });
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (caught) {
    const error = toError(caught);
    throw new HomeroomError('config_invalid', `${path} is not JSON: ${error.message}`, { cause: error });
  }
}
