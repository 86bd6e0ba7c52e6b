import type { FileRound } from '@homeroom/protocol';

type Person = FileRound['people'][number];

/** @returns what a round is: `sheet.pdf handed out to Handouts`, `Collected from Hand in` */
export function roundTitle({ kind, name, folder }: Pick<FileRound, 'kind' | 'name' | 'folder'>): string {
  return kind === 'hand-out' ? `${name ?? 'A file'} to ${folder}` : `Collected from ${folder}`;
}

/** @returns how far it is: `12 of 14 done, 1 failed` */
export function roundWords({ people }: Pick<FileRound, 'people'>): string {
  const count = (state: Person['state']) => people.filter((each) => each.state === state).length;
  const words = [`${count('done')} of ${people.length} done`];
  if (count('due') > 0) words.push(`${count('due')} waiting`);
  if (count('failed') > 0) words.push(`${count('failed')} failed`);
  return words.join(', ');
}

/** @returns what became of one person's files, as a sentence */
export function personWords({ state, reason, files, leftCount }: Person, kind: FileRound['kind']): string {
  if (state === 'failed') return `Failed: ${reason ?? 'nobody knows why'}`;
  if (state === 'due') return reason === null ? 'On its way.' : `Waiting: ${reason}`;
  if (kind === 'hand-out') return reason ?? 'Done.';
  const left = leftCount > 0 ? ` ${leftCount} left out.` : '';
  return `${files === 1 ? '1 file' : `${files} files`}.${left}${reason === null ? '' : ` ${reason}`}`;
}
