import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** Prints every file that Node loads for the package, after `act`. */
function program(act: string): string {
  return `
import { registerHooks } from 'node:module';
const loaded = [];
registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
const { openBoard } = await import('@homeroom/hardware');
${act}
console.log(loaded.join('\\n'));
`;
}

async function loadedBy(act: string): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', program(act)],
    { cwd: import.meta.dirname },
  );
  return stdout;
}

test('the simulated board loads no driver and no library of one', async () => {
  const loaded = await loadedBy(
    "await openBoard({ kind: 'simulated', name: 'seat-1', goDown: () => undefined });",
  );
  expect(loaded).toContain('simulated-board.ts');
  expect(loaded).not.toMatch(/linux-board|cec-ctl|systeminformation|onoff|node-cec|epoll/);
});

test('a real board loads neither the simulator nor the libraries that it does not need here', async () => {
  const loaded = await loadedBy(
    "const board = await openBoard({ kind: 'linux', rootDir: '/var/empty' }); await board.health.read();",
  );
  expect(loaded).toContain('linux-board.ts');
  expect(loaded).not.toMatch(/simulated|node_modules\/(?:systeminformation|onoff|node-cec|epoll)/);
});
