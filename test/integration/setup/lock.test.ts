import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';

const lockModule = resolve(import.meta.dirname, '../../../setup/lock.mjs');

/** A process that takes the lock of a folder, says so, and holds it until it is told to end. */
function holder(folder: string) {
  const script = `
    import { takeLock } from ${JSON.stringify(lockModule)};
    const free = await takeLock(${JSON.stringify(folder)}, { onWait: () => console.log('waits'), timeoutMs: 20000 });
    console.log('holds');
    process.stdin.once('data', () => { free(); process.exit(); });
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, said: async () => (await lines.next()).value, release: () => child.stdin.write('end\n') };
}

it('lets one set-up of a checkout go on after the other, also when the first is killed', async () => {
  const folder = join('/nowhere', randomUUID());
  const first = holder(folder);
  expect(await first.said()).toBe('holds');
  const second = holder(folder);
  expect(await second.said()).toBe('waits');
  const third = holder(folder);
  expect(await third.said()).toBe('waits');

  first.child.kill('SIGKILL');
  const turns = [second, third].map(async (one) => ({ one, said: await one.said() }));
  const next = await Promise.race(turns);
  expect(next.said).toBe('holds');
  next.one.release();
  expect((await Promise.all(turns)).map(({ said }) => said)).toEqual(['holds', 'holds']);
  const last = next.one === second ? third : second;
  last.release();
  await once(last.child, 'exit');
});

it('does not make two checkouts wait for each other', async () => {
  const [one, other] = [holder(join('/nowhere', randomUUID())), holder(join('/nowhere', randomUUID()))];
  expect(await Promise.all([one.said(), other.said()])).toEqual(['holds', 'holds']);
  for (const { child, release } of [one, other]) {
    release();
    await once(child, 'exit');
  }
});
