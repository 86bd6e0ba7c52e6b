import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vncAuthResponse } from '@homeroom/controller/gateway/rfb/vnc-auth.ts';

export interface Xvnc extends AsyncDisposable {
  readonly socketPath: string;
  readonly display: string;
  /** End it without a word, as a crash does. */
  kill(): Promise<void>;
}

/** The key under which VNC servers keep passwords in files. */
const fileKey = Buffer.from('17526b06234e5807', 'hex').toString('latin1');

/** Start a real X server with VNC authentication on a Unix socket of its own. */
export async function startXvnc(secret: string, geometry = '640x480'): Promise<Xvnc> {
  const dir = await mkdtemp(join(tmpdir(), 'homeroom-xvnc-'));
  const socketPath = join(dir, 'vnc.sock');
  const passwordPath = join(dir, 'passwd');
  const padded = Buffer.alloc(16);
  padded.write(secret.slice(0, 8), 'latin1');
  await writeFile(passwordPath, vncAuthResponse(fileKey, padded).subarray(0, 8), { mode: 0o600 });
  const child = spawn(
    'Xvnc',
    [
      '-displayfd',
      '3',
      '-geometry',
      geometry,
      '-depth',
      '24',
      '-nolisten',
      'tcp',
      '-rfbport',
      '-1',
      '-rfbunixpath',
      socketPath,
      '-SecurityTypes',
      'VncAuth',
      '-PasswordFile',
      passwordPath,
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const display = await readDisplay(child);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    socketPath,
    display,
    kill,
    async [Symbol.asyncDispose]() {
      await kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Xvnc tells its display once it listens. */
async function readDisplay(child: ChildProcess): Promise<string> {
  const pipe = child.stdio[3];
  if (!pipe || !('read' in pipe)) throw new Error('Xvnc has no display pipe');
  const [chunk] = await once(pipe, 'data', { signal: AbortSignal.timeout(30_000) });
  return `:${String(chunk).trim()}`;
}
