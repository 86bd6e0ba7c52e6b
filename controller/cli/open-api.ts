import { join, resolve } from 'node:path';
import { loadConfig } from '../config.ts';
import type { Config } from '../config-keys.ts';
import { type Address, addressPath, localUrl, parseAddress } from '../start/address-file.ts';
import { ApiClient } from './api-client.ts';
import { CliFault } from './cli-fault.ts';
import { exitCodes } from './exit-codes.ts';
import type { Trust } from './http-request.ts';
import type { LoginFile } from './login/login-file.ts';

export interface OpenApiOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Relative paths of the settings begin here. */
  readonly root: string;
  /** @returns the text of a file; undefined when it is not there or not ours to read */
  readonly readFile: (path: string) => string | undefined;
  /** Tokens that `homeroom login` has got; none when absent. */
  readonly logins?: Pick<LoginFile, 'find'>;
}

/**
 * The API of the controller that HOMEROOM_URL names, else of the one of the data folder, at the port where it said
 * that it is. A token of `homeroom login` serves the URL that it is for, and, where this machine has no controller, when
 * no URL is named. The token of the data folder is worth an admin's rights, and while the controller is down anybody on the
 * machine may take its port: so that token goes by TLS alone, to a server that shows the folder's own certificate.
 * HOMEROOM_URL and HOMEROOM_TOKEN together are somebody's own word: public authorities and HOMEROOM_CA are believed.
 *
 * @throws CliFault when there is no token or HOMEROOM_URL cannot be used; HomeroomError `config_invalid`
 */
export function openApi({ environment, root, readFile, logins }: OpenApiOptions): ApiClient {
  const read = (path: string) => readFile(resolve(root, path));
  const config = loadConfig({ environment, readFile: read });
  const ownDir = resolve(root, config.dataDir, 'controller');
  const address = parseAddress(read(addressPath(ownDir)));
  const givenUrl = environment.HOMEROOM_URL;
  const givenToken = environment.HOMEROOM_TOKEN;
  if (givenUrl && givenToken) {
    const trust = { certificates: certificateOf(environment.HOMEROOM_CA, read), isPinned: false };
    return new ApiClient({ url: checkedUrl(givenUrl, ['http:', 'https:']), token: givenToken, trust });
  }
  const ownToken = read(join(ownDir, 'admin-token'))?.trim();
  // A folder of this machine goes before what was signed in to some day, unless that was named.
  const login = givenToken || (!givenUrl && ownToken) ? undefined : logins?.find(givenUrl || undefined);
  if (login) return clientOf(login);
  return new ApiClient({
    url: givenUrl ? checkedUrl(givenUrl, ['https:']) : (address?.url ?? localUrl(config)),
    token: givenToken || ownToken || noToken(join(ownDir, 'admin-token')),
    trust: pinsOf({ ownDir, address, config, read }),
  });
}

type Read = (path: string) => string | undefined;

function clientOf({ url, login }: NonNullable<ReturnType<LoginFile['find']>>): ApiClient {
  const { token, caPem } = login;
  const trust = { certificates: caPem === null ? [] : [caPem], isPinned: caPem !== null };
  return new ApiClient({ url: checkedUrl(url, ['http:', 'https:']), token, trust });
}

function noToken(path: string): never {
  throw new CliFault(
    exitCodes.unreachable,
    `There is no ${path}: start the controller, name its data folder with HOMEROOM_DATA_DIR, or sign in to another one by \`homeroom login <url>\`.`,
  );
}

function pinsOf(from: {
  ownDir: string;
  address: Address | undefined;
  config: Pick<Config, 'tlsCert'>;
  read: Read;
}): Trust {
  const { ownDir, address, config, read } = from;
  const paths = [join(ownDir, 'tls', 'ca.pem'), address?.certificatePath ?? config.tlsCert];
  const texts = paths.map((path) => (path === undefined ? undefined : read(path)));
  return { certificates: texts.filter((text) => text !== undefined), isPinned: true };
}

function certificateOf(path: string | undefined, read: Read): string[] {
  if (!path) return [];
  const text = read(path);
  if (text === undefined) throw new CliFault(exitCodes.usage, `HOMEROOM_CA ${path} cannot be read.`);
  return [text];
}

/** Without TLS a token may not leave the machine. @returns the URL @throws CliFault */
export function checkedUrl(text: string, protocols: readonly string[]): string {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new CliFault(exitCodes.usage, `HOMEROOM_URL ${text} is no URL that starts with https://.`);
  }
  if (!protocols.includes(url.protocol)) {
    throw new CliFault(
      exitCodes.usage,
      `HOMEROOM_URL ${text} has no TLS, so the token of the data folder is not sent there; use https:// or give HOMEROOM_TOKEN.`,
    );
  }
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol === 'https:' || isLoopback) return text;
  throw new CliFault(
    exitCodes.usage,
    `HOMEROOM_URL ${text} has no TLS; beyond this machine https:// is needed.`,
  );
}
