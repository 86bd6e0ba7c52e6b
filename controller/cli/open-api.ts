import { join, resolve } from 'node:path';
import { loadConfig } from '../config.ts';
import { ApiClient } from './api-client.ts';
import { CliFault } from './cli-fault.ts';
import { exitCodes } from './exit-codes.ts';

export interface OpenApiOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Relative paths of the settings begin here. */
  readonly root: string;
  /** @returns the text of a file; undefined when it is not there or not ours to read */
  readonly readFile: (path: string) => string | undefined;
}

/**
 * The API of the controller that HOMEROOM_URL names, else of the one on this machine. That one is asked by TLS and
 * must show its own certificate: while it is down anybody on the machine may take its port, and the token is worth
 * an admin's rights.
 *
 * @throws CliFault when there is no token or HOMEROOM_URL is none; HomeroomError `config_invalid`
 */
export function openApi({ environment, root, readFile }: OpenApiOptions): ApiClient {
  const read = (path: string) => readFile(resolve(root, path));
  const config = loadConfig({ environment, readFile: read });
  const ownDir = resolve(root, config.dataDir, 'controller');
  const tokenFile = join(ownDir, 'admin-token');
  const token = environment.HOMEROOM_TOKEN || read(tokenFile)?.trim();
  if (!token) {
    throw new CliFault(
      exitCodes.unreachable,
      `there is no ${tokenFile}: start the controller, name its data folder with HOMEROOM_DATA_DIR, or set HOMEROOM_TOKEN`,
    );
  }
  const caPem = read(join(ownDir, 'tls', 'ca.pem'));
  const url = environment.HOMEROOM_URL;
  if (url) {
    if (!URL.canParse(url)) throw new CliFault(exitCodes.usage, `HOMEROOM_URL ${url} is no URL`);
    return new ApiClient({ url, token, trust: { certificates: present([caPem]), isPinned: false } });
  }
  const pins = present([caPem, config.tlsCert === undefined ? undefined : read(config.tlsCert)]);
  return new ApiClient({ url: localUrl(config), token, trust: { certificates: pins, isPinned: true } });
}

function localUrl({ listen: host, port }: { listen: string; port: number }): string {
  if (host === '0.0.0.0' || host === '::') return `https://127.0.0.1:${port}`;
  return `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function present(texts: readonly (string | undefined)[]): string[] {
  return texts.filter((text) => text !== undefined);
}
