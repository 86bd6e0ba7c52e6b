import { CliFault } from '../cli-fault.ts';
import type { CommandContext } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { readTextFile } from './read-json-file.ts';

/** Anybody may copy a backup and guess for years. */
const minLength = 12;

/** @returns the first line of a file, without its end @throws CliFault when it is empty */
export async function readPassphraseFile(path: string): Promise<string> {
  const [first = ''] = (await readTextFile(path)).split(/\r?\n/, 1);
  if (first !== '') return first;
  throw new CliFault(exitCodes.failed, `${path} holds no passphrase.`);
}

/** @returns a new passphrase; a person types it twice @throws CliFault when it is too short, or was not the same */
export async function askNewPassphrase({ ask, isAttended }: CommandContext): Promise<string> {
  const first = await ask('Passphrase for the backup: ', { isSecret: true });
  if (first.length < minLength) {
    throw new CliFault(exitCodes.failed, `A passphrase needs ${minLength} characters or more.`);
  }
  if (isAttended && (await ask('The same again: ', { isSecret: true })) !== first) {
    throw new CliFault(exitCodes.failed, 'The two were not the same.');
  }
  return first;
}
