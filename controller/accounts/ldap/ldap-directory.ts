/**
 * A directory by LDAP: OpenLDAP, Active Directory, and others that speak version 3. Each question has a connection of
 * its own, so that nobody's bind ever answers for another. Nothing is said before TLS stands, but within this machine.
 * Referrals are not followed: passwords go to the directory of the settings and nowhere else.
 */
import { HomeroomError, toError } from '@homeroom/protocol';
import { Client, type Entry, InvalidCredentialsError, ResultCodeError } from 'ldapts';
import type { Logger } from 'pino';
import type { Directory, DirectoryEntry, DirectoryGroup } from './directory.ts';
import { fillFilter } from './escape-filter-value.ts';
import { groupOfDn } from './group-of-dn.ts';

const timeoutMs = 5_000;
const retryAfterS = 10;
/** Two are enough to see that it is not one. */
const maxFound = 2;
const maxGroups = 500;
/** RFC 4511, appendix A: what a directory says of a password or of whose it is, beside `invalidCredentials` (49). */
const refusals = new Set([19, 48, 50, 53]);

export interface LdapDirectoryOptions {
  readonly url: string;
  /** Whether ldap:// turns to TLS at once. */
  readonly hasStartTls: boolean;
  /** PEM of who signed its certificate; absent where the system knows it. */
  readonly ca: string | undefined;
  /** Who looks people up; absent for nobody in particular. */
  readonly bind: { readonly dn: string; readonly password: string } | undefined;
  readonly baseDn: string;
  readonly userFilter: string;
  readonly attributes: {
    readonly id: string;
    readonly username: string;
    readonly displayName: string;
    readonly mail: string;
  };
  /** An attribute of the person with DNs, or a filter that finds groups. */
  readonly groups: string;
  readonly groupBaseDn: string;
  readonly logger: Pick<Logger, 'warn'>;
}

/** See the port. */
export class LdapDirectory implements Directory {
  readonly #options: LdapDirectoryOptions;

  constructor(options: LdapDirectoryOptions) {
    this.#options = options;
  }

  async find(username: string): Promise<DirectoryEntry | undefined> {
    return await this.#asking(async (client) => {
      await this.#bind(client);
      const { attributes, baseDn, userFilter, groups } = this.#options;
      const { searchEntries } = await client.search(baseDn, {
        scope: 'sub',
        filter: fillFilter(userFilter, { username }),
        attributes: [...Object.values(attributes), ...(isFilter(groups) ? [] : [groups])],
        // Active Directory keeps bytes there, and every text is bytes too.
        explicitBufferAttributes: [attributes.id],
        sizeLimit: maxFound,
        timeLimit: timeoutMs / 1_000,
      });
      const [entry] = searchEntries;
      if (!entry) return undefined;
      if (searchEntries.length > 1) {
        this.#options.logger.warn(
          { found: searchEntries.length },
          'the directory knows more than one of that name',
        );
        return undefined;
      }
      return { ...this.#personOf(entry), groups: await this.#groupsOf(client, entry, username) };
    });
  }

  async isPassword(dn: string, password: string): Promise<boolean> {
    if (password === '') return false;
    return await this.#asking(async (client) => {
      try {
        await client.bind(dn, password);
        return true;
      } catch (caught) {
        if (caught instanceof InvalidCredentialsError) return false;
        if (caught instanceof ResultCodeError && refusals.has(caught.code)) return false;
        throw caught;
      }
    });
  }

  async check(): Promise<void> {
    await this.#asking((client) => this.#bind(client));
  }

  async #bind(client: Client): Promise<void> {
    const { bind } = this.#options;
    if (bind) await client.bind(bind.dn, bind.password);
  }

  #personOf(entry: Entry): Omit<DirectoryEntry, 'groups'> {
    const { id, username, displayName, mail } = this.#options.attributes;
    const told = idOf(attributeOf(entry, id));
    if (told === '') throw new Error(`the entry has no attribute ${id}`);
    return {
      dn: entry.dn,
      id: told,
      username: textOf(attributeOf(entry, username)),
      displayName: textOf(attributeOf(entry, displayName)),
      mail: textOf(attributeOf(entry, mail)),
    };
  }

  async #groupsOf(client: Client, entry: Entry, username: string): Promise<DirectoryGroup[]> {
    const { groups, groupBaseDn } = this.#options;
    if (!isFilter(groups)) return textsOf(attributeOf(entry, groups)).map(groupOfDn);
    const { searchEntries } = await client.search(groupBaseDn, {
      scope: 'sub',
      filter: fillFilter(groups, { username, dn: entry.dn }),
      attributes: ['1.1'],
      sizeLimit: maxGroups,
      timeLimit: timeoutMs / 1_000,
    });
    return searchEntries.map(({ dn }) => groupOfDn(dn));
  }

  /** @throws directory_unavailable, whatever it was: of a directory that cannot be asked nobody's password is wrong */
  async #asking<T>(ask: (client: Client) => Promise<T>): Promise<T> {
    const { url, ca, hasStartTls, logger } = this.#options;
    const tlsOptions = { ...(ca !== undefined && { ca }), minVersion: 'TLSv1.2' } as const;
    const isTls = url.startsWith('ldaps:');
    const client = new Client({
      url,
      timeout: timeoutMs,
      connectTimeout: timeoutMs,
      ...(isTls && { tlsOptions }),
    });
    try {
      if (!isTls && hasStartTls) await client.startTLS({ ...tlsOptions, ...serverNameOf(url) });
      return await ask(client);
    } catch (caught) {
      logger.warn({ reason: toError(caught).message }, 'the directory could not be asked');
      throw new HomeroomError('directory_unavailable', undefined, { cause: caught, retryAfterS });
    } finally {
      // It is over either way: a connection that is broken cannot say goodbye.
      await client.unbind().catch(() => undefined);
    }
  }
}

function isFilter(groups: string): boolean {
  return groups.startsWith('(');
}

/** A certificate is checked against the name of the settings; an address is no server name (RFC 6066, 3). */
function serverNameOf(url: string): { host: string } {
  return { host: new URL(url).hostname.replace(/^\[|\]$/g, '') };
}

type Value = Entry[string] | undefined;

/** Attributes are called the same in small letters and in capital ones (RFC 4512, 2.5). */
function attributeOf(entry: Entry, attribute: string): Value {
  const name = Object.keys(entry).find((key) => key.toLowerCase() === attribute.toLowerCase());
  return name === undefined ? undefined : entry[name];
}

function textsOf(value: Value): string[] {
  const values: (string | Buffer)[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return values.map((each) => (typeof each === 'string' ? each : each.toString('utf8')));
}

function textOf(value: Value): string {
  return textsOf(value)[0]?.trim() ?? '';
}

/** How long an objectGUID is. */
const guidBytes = 16;

/** A text as it is; bytes that are none (an objectGUID, whatever bytes it happens to have) as digits. */
function idOf(value: Value): string {
  const [first] = Array.isArray(value) ? value : [value];
  if (first === undefined || typeof first === 'string') return first ?? '';
  const isText = first.length !== guidBytes && /^[\x21-\x7e]+$/.test(first.toString('latin1'));
  return first.toString(isText ? 'latin1' : 'hex');
}
