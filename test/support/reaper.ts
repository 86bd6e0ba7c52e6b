import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** SIGQUIT ends PostgreSQL at once, its children too; its folder goes when it has ended, or after 10 s. */
const script = `
read -r done && exit
pid=$(head -n 1 "$1/postgres/postmaster.pid" 2>/dev/null)
[ "$(readlink "/proc/$pid/cwd")" = "$1/postgres" ] && kill -QUIT "$pid"
for turn in $(seq 100); do [ -e "$1/postgres/postmaster.pid" ] || break; sleep 0.1; done
rm -rf "$1"
`;

/**
 * Ends the database server of a test process that was killed, and takes its folder away: the server has a process group
 * of its own and outlives whoever started it. A shell waits at a pipe that breaks when this process is gone.
 *
 * @param dataDir an absolute path without links, in which the server has its `postgres`
 * @returns disposed once the server was stopped properly
 */
export function startReaper(dataDir: string): AsyncDisposable {
  // A group of its own: what ends the whole group of a test run must not end it too.
  const shell = spawn('sh', ['-c', script, 'sh', dataDir], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = once(shell, 'close');
  return {
    async [Symbol.asyncDispose]() {
      shell.stdin.end('done\n');
      await ended;
    },
  };
}
