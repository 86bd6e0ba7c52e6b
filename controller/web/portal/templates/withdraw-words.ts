import type { Pool, Session } from '@homeroom/protocol';

/** @returns what is lost when a template is withdrawn, and what is not. */
export function withdrawWords(
  pool: Pick<Pool, 'ready' | 'cold' | 'creating' | 'warming'> | undefined,
  running: readonly Pick<Session, 'state'>[],
): string {
  const unused = pool ? pool.ready + pool.cold + pool.creating + pool.warming : 0;
  const waiting = running.filter(({ state }) => state === 'waiting').length;
  const used = running.length - waiting;
  return [
    'Nobody can choose it any more.',
    unused > 0 && `${counted(unused, 'unused desktop is', 'unused desktops are')} removed.`,
    waiting > 0 &&
      `${counted(waiting, 'person waits for it and has', 'people wait for it and have')} to choose another.`,
    used > 0 && `${counted(used, 'session goes on until it ends', 'sessions go on until they end')}.`,
  ]
    .filter((each) => each !== false)
    .join(' ');
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
