import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { toError } from '@homeroom/protocol';
import { CliFault } from '../cli-fault.ts';
import { exitCodes } from '../exit-codes.ts';

/** A timetable or a school's list of people; the controller takes no more. */
const maxBytes = 4_000_000;

/** @throws CliFault when it cannot be read, is no UTF-8, or is too long */
export async function readTextFile(path: string): Promise<string> {
  const bytes = await readBytes(path);
  if (bytes.length > maxBytes)
    throw new CliFault(exitCodes.failed, `${path} is longer than ${maxBytes} bytes.`);
  // Another encoding would be read all the same, with its umlauts lost.
  if (!isUtf8(bytes)) throw new CliFault(exitCodes.failed, `${path} is not UTF-8: save it as “CSV UTF-8”.`);
  return bytes.toString('utf8');
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (caught) {
    const cause = toError(caught);
    throw new CliFault(exitCodes.failed, `${path} cannot be read: ${cause.message}.`, { cause });
  }
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
