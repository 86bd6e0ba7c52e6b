import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Certificates } from '@homeroom/controller/fleet/certificates.ts';
import { freePort } from '../../../support/free-port.ts';

export interface MosquittoOptions {
  /** Holds its files; readable by whoever mosquitto runs as. */
  readonly dir: string;
  readonly certificates: Certificates;
  readonly users: Readonly<Record<string, string>>;
}

/** A real mosquitto on loopback: TLS for agents, plain for the test that plays the controller. */
export class Mosquitto {
  readonly #options: MosquittoOptions;
  tlsPort = 0;
  plainPort = 0;
  #child: ChildProcess | undefined;

  constructor(options: MosquittoOptions) {
    this.#options = options;
  }

  /** Start, after a kill on the same ports as before. */
  async start(): Promise<void> {
    const { dir } = this.#options;
    this.tlsPort ||= await freePort();
    this.plainPort ||= await freePort();
    this.#writeFiles();
    this.#child = spawn('mosquitto', ['-c', join(dir, 'mosquitto.conf')], { stdio: 'ignore' });
    await Promise.all([untilListening(this.tlsPort), untilListening(this.plainPort)]);
  }

  /** End it without a goodbye. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child?.exitCode !== null || !child.kill('SIGKILL')) return;
    await once(child, 'exit');
  }

  #writeFiles(): void {
    const { dir, certificates, users } = this.#options;
    const passwords = join(dir, 'passwords');
    writeFileSync(passwords, '', { mode: 0o600 });
    for (const [user, password] of Object.entries(users)) {
      execFileSync('mosquitto_passwd', ['-b', passwords, user, password], { stdio: 'ignore' });
    }
    writeFileSync(join(dir, 'server.pem'), certificates.certPem);
    writeFileSync(join(dir, 'server-key.pem'), certificates.keyPem);
    const lines = [
      'user root',
      'allow_anonymous false',
      'persistence false',
      `password_file ${passwords}`,
      `listener ${this.plainPort} 127.0.0.1`,
      `listener ${this.tlsPort} 127.0.0.1`,
      `certfile ${join(dir, 'server.pem')}`,
      `keyfile ${join(dir, 'server-key.pem')}`,
    ];
    writeFileSync(join(dir, 'mosquitto.conf'), `${lines.join('\n')}\n`);
  }
}

async function untilListening(port: number): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`nothing listens on ${port}`);
}
