/** Debian's OpenLDAP on free ports of loopback, with a folder and a certificate of its own, without rights. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOrCreateCertificates } from '@homeroom/controller/fleet/certificates.ts';
import { Client } from 'ldapts';
import { freePort } from '../free-port.ts';
import { waitFor } from '../wait-for.ts';
import { slapdConfiguration } from './slapd-configuration.ts';

export const baseDn = 'dc=school,dc=example';
export const peopleDn = `ou=people,${baseDn}`;
export const groupsDn = `ou=groups,${baseDn}`;
export const service = { dn: `cn=homeroom,${baseDn}`, password: 'service password' };
const root = { dn: `cn=root,${baseDn}`, password: 'root password' };

/** Debian's `nobody`; a directory that tests start is no service of the system. */
const nobody = 65_534;

export type Attributes = Record<string, string | string[] | Buffer>;

export class OpenLdap implements AsyncDisposable {
  readonly url: string;
  readonly tlsUrl: string;
  /** The same at an address that its certificate does not name. */
  readonly misnamed: { readonly plain: string; readonly tls: string };
  readonly caPem: string;
  readonly #dir: string;
  #process: ChildProcess | undefined;

  private constructor(dir: string, ports: { plain: number; tls: number }, caPem: string) {
    this.#dir = dir;
    this.caPem = caPem;
    this.url = `ldap://127.0.0.1:${ports.plain}`;
    this.tlsUrl = `ldaps://127.0.0.1:${ports.tls}`;
    this.misnamed = { plain: `ldap://127.0.0.9:${ports.plain}`, tls: `ldaps://127.0.0.9:${ports.tls}` };
  }

  static async start(): Promise<OpenLdap> {
    const dir = await mkdtemp(join(tmpdir(), 'homeroom-ldap-'));
    const { certPem, keyPem, caPem } = await loadOrCreateCertificates(join(dir, 'tls'));
    const [plain, tls] = [await freePort(), await freePort()];
    const directory = new OpenLdap(dir, { plain, tls }, caPem);
    try {
      await mkdir(join(dir, 'data'));
      await writeFile(join(dir, 'cert.pem'), certPem);
      await writeFile(join(dir, 'key.pem'), keyPem);
      await writeFile(join(dir, 'ca.pem'), caPem);
      await writeFile(join(dir, 'slapd.conf'), slapdConfiguration({ dir, baseDn, root, service }));
      await directory.#giveAway();
      await directory.begin();
      await directory.#fill();
      return directory;
    } catch (caught) {
      await directory[Symbol.asyncDispose]();
      throw caught;
    }
  }

  /** Start the process; again after {@link end}, with what it knew. */
  async begin(): Promise<void> {
    const log: string[] = [];
    const addresses = [this.url, this.tlsUrl, this.misnamed.plain, this.misnamed.tls];
    const started = spawn(
      '/usr/sbin/slapd',
      ['-f', join(this.#dir, 'slapd.conf'), '-h', addresses.map((url) => `${url}/`).join(' '), '-d', '0'],
      { stdio: ['ignore', 'ignore', 'pipe'], ...(isRoot() && { uid: nobody, gid: nobody }) },
    );
    started.on('error', (error) => log.push(error.message));
    started.stderr?.on('data', (data) => log.push(String(data)));
    this.#process = started;
    await waitFor('slapd answers', async () => {
      if (started.exitCode !== null || started.pid === undefined) throw new Error(`slapd: ${log.join('')}`);
      return await this.#asRoot(async () => true).catch(() => false);
    });
  }

  async end(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (!running?.pid || running.exitCode !== null) return;
    running.kill('SIGTERM');
    await once(running, 'exit');
  }

  async add(dn: string, attributes: Attributes): Promise<void> {
    const texts = Object.entries(attributes).map(([name, value]) => [
      name,
      Buffer.isBuffer(value) ? value.toString('latin1') : value,
    ]);
    await this.#asRoot((client) => client.add(dn, Object.fromEntries(texts)));
  }

  /** @param more attributes beside those that everybody has */
  async addPerson(uid: string, password: string, more: Attributes = {}): Promise<string> {
    const dn = `uid=${uid},${peopleDn}`;
    const named = { cn: uid, sn: uid, userPassword: password };
    await this.add(dn, { objectClass: ['inetOrgPerson'], uid, ...named, ...more });
    return dn;
  }

  async addGroup(cn: string, members: readonly string[]): Promise<string> {
    const dn = `cn=${cn},${groupsDn}`;
    await this.add(dn, { objectClass: 'groupOfNames', cn, member: [...members] });
    return dn;
  }

  async remove(dn: string): Promise<void> {
    await this.#asRoot((client) => client.del(dn));
  }

  /** What slapd itself says it runs as. */
  async uid(): Promise<number> {
    const status = await readFile(`/proc/${this.#process?.pid}/status`, 'utf8');
    return Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
    await rm(this.#dir, { recursive: true, force: true });
  }

  async #giveAway(): Promise<void> {
    await chmod(this.#dir, 0o700);
    if (!isRoot()) return;
    const own = ['', 'data', 'cert.pem', 'key.pem', 'ca.pem', 'slapd.conf'];
    for (const name of own) await chown(join(this.#dir, name), nobody, nobody);
  }

  async #fill(): Promise<void> {
    await this.add(baseDn, { objectClass: ['organization', 'dcObject'], o: 'School', dc: 'school' });
    for (const dn of [peopleDn, groupsDn])
      await this.add(dn, { objectClass: 'organizationalUnit', ou: dn.slice(3).split(',')[0] ?? '' });
    await this.add(service.dn, {
      objectClass: ['organizationalRole', 'simpleSecurityObject'],
      cn: 'homeroom',
      userPassword: service.password,
    });
  }

  async #asRoot<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ url: this.url, timeout: 5_000, connectTimeout: 5_000 });
    try {
      await client.bind(root.dn, root.password);
      return await work(client);
    } finally {
      await client.unbind();
    }
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
