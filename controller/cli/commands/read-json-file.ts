import { readFile } from 'node:fs/promises';
import { toError } from '@homeroom/protocol';
import { CliFault } from '../cli-fault.ts';
import { exitCodes } from '../exit-codes.ts';

/** A timetable or a school's list of people; the controller takes no more. */
const maxBytes = 4_000_000;

/** @throws CliFault when it cannot be read, or is too long */
export async function readTextFile(path: string): Promise<string> {
  try {
    const text = await readFile(path, 'utf8');
    if (text.length <= maxBytes) return text;
  } catch (caught) {
    const cause = toError(caught);
    throw new CliFault(exitCodes.failed, `${path} cannot be read: ${cause.message}.`, { cause });
  }
  throw new CliFault(exitCodes.failed, `${path} is longer than ${maxBytes} characters.`);
}

/** @returns what stands in a file, for the controller to check @throws CliFault when it is no JSON */
export async function readJsonFile(path: string): Promise<unknown> {
  const text = await readTextFile(path);
  try {
    return JSON.parse(text);
  } catch (caught) {
    const cause = toError(caught);
    throw new CliFault(exitCodes.failed, `${path} is no JSON: ${cause.message}.`, { cause });
  }
}
