import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { CliFault } from '../cli-fault.ts';
import { exitCodes } from '../exit-codes.ts';

const login = v.object({
  token: v.string(),
  /** Of the token, to withdraw it. */
  id: v.string(),
  username: v.string(),
  scopes: v.array(v.string()),
  expiresAt: v.nullable(v.string()),
  /** PEM of the authority that its certificate must be of; null for any public one. */
  caPem: v.nullable(v.string()),
});
/** A token that `homeroom login` got of a controller. */
export type Login = v.InferOutput<typeof login>;

const content = v.object({
  /** By the URL of the controller's origin. */
  logins: v.record(v.string(), login),
  /** The one signed in to last. */
  current: v.nullable(v.string()),
});
type Content = v.InferOutput<typeof content>;

export interface LoginFileOptions {
  /** `$XDG_CONFIG_HOME/homeroom/logins.json` */
  readonly path: string;
  readonly readFile: (path: string) => string | undefined;
}

/** The tokens of a person of this machine, one for each controller, in a file for their eyes alone. */
export class LoginFile {
  readonly #options: LoginFileOptions;

  constructor(options: LoginFileOptions) {
    this.#options = options;
  }

  get path(): string {
    return this.#options.path;
  }

  /** @param server a URL; the one signed in to last when undefined */
  find(server: string | undefined): { url: string; login: Login } | undefined {
    const { logins, current } = this.#read();
    const url = server === undefined ? current : originOf(server);
    const found = url === null ? undefined : logins[url];
    return url !== null && found ? { url, login: found } : undefined;
  }

  /** Keep a login, and use it from now on where no controller is named. */
  async keep(url: string, kept: Login): Promise<void> {
    const { logins } = this.#read();
    await this.#write({ logins: { ...logins, [originOf(url)]: kept }, current: originOf(url) });
  }

  /** Forget a login; doing it twice is no fault. */
  async forget(url: string): Promise<void> {
    const { logins, current } = this.#read();
    const { [originOf(url)]: _, ...others } = logins;
    await this.#write({ logins: others, current: current === originOf(url) ? null : current });
  }

  #read(): Content {
    const text = this.#options.readFile(this.path);
    if (text === undefined) return { logins: {}, current: null };
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), content), text);
    if (parsed.success) return parsed.output;
    const message = `${this.path} cannot be understood: remove it, and sign in again by \`homeroom login\`.`;
    throw new CliFault(exitCodes.configuration, message);
  }

  async #write(next: Content): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    const partial = `${this.path}.part`;
    await writeFile(partial, `${JSON.stringify(next, undefined, 2)}\n`, { mode: 0o600 });
    await rename(partial, this.path);
  }
}

/** @returns how a controller is known in the file: without path, the port as the URL tells it */
export function originOf(url: string): string {
  return URL.parse(url)?.origin ?? url;
}
