/** x2gobroker, the session broker of X2Go: everybody is let in, no server is looked at; what is left is the broker. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '../../support/wait-for.ts';
import { freePort } from './free-port.ts';
import { HttpClient } from './http-client.ts';
import { burst, type PeerBurst } from './jupyterhub.ts';
import { BenchProcess } from './process.ts';

const program = '/usr/bin/x2gobroker-daemon';
/** Beyond this it takes no connection at once. */
const connections = 100;

const config = `[global]
require-password = false
require-cookie = false
default-auth-mech = none
default-user-db = libnss
default-group-db = libnss
default-portscan-x2goservers = false
default-use-load-checker = false
default-agent-query-mode = NONE
enable-plain-output = true
[broker_inifile]
enable = true
auth-mech = none
`;
const profiles = `[DEFAULT]
sshport=22
user=BROKER_USER
[desktop]
name=Desktop
host=localhost
command=XFCE
broker-portscan-x2goservers=false
`;

export interface X2GoBursts {
  /** What X2Go's client does for a desktop: it lists what there is, and selects. */
  readonly whole: PeerBurst;
  /** The selection by itself. */
  readonly selection: PeerBurst;
}

/** @returns undefined when Debian's package is not installed */
export async function burstOnX2GoBroker(folder: string, users: number): Promise<X2GoBursts | undefined> {
  if (!existsSync(program)) return undefined;
  const port = await freePort();
  const [configPath, profilesPath] = [join(folder, 'broker.conf'), join(folder, 'profiles.conf')];
  await writeFile(configPath, config);
  await writeFile(profilesPath, profiles);
  await using _daemon = new BenchProcess(
    '/usr/bin/python3',
    [program, '-M', 'http', '-b', `127.0.0.1:${port}`],
    {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'ignore'],
      env: {
        PATH: '/usr/bin:/bin',
        LOGNAME: 'root',
        X2GOBROKER_CONFIG: configPath,
        X2GOBROKER_SESSIONPROFILES: profilesPath,
      },
    },
  );
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  using client = new HttpClient({ url: `http://127.0.0.1:${port}`, connections, headers });
  await waitFor('x2gobroker answers', () => isListening(client));
  const names = Array.from({ length: users }, (_, index) => `pupil${index}`);
  const select = (name: string) =>
    ask(client, `user=${name}&password=x&task=selectsession&sid=desktop`, /^SERVER:/m);
  const list = (name: string) => ask(client, `user=${name}&password=x&task=listsessions`, /^\[desktop\]$/m);
  const selection = await burst(names, select);
  const whole = await burst(names, async (name) => {
    await list(name);
    await select(name);
  });
  return { whole, selection };
}

async function ask(client: HttpClient, form: string, wanted: RegExp): Promise<void> {
  const { status, body } = await client.send('POST', '/plain/inifile', form);
  if (status !== 200 || !wanted.test(body)) throw new Error(`x2gobroker answered ${status}: ${body}`);
}

async function isListening(client: HttpClient): Promise<boolean> {
  try {
    await client.send('GET', '/');
    return true;
  } catch {
    // Nobody listens yet; the caller asks again.
    return false;
  }
}
