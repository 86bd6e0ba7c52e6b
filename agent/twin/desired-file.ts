import { readFile } from 'node:fs/promises';
import { type Desired, decodePayload, messages } from '@homeroom/protocol/wire';
import { writeAtomically } from '../write-atomically.ts';

/** `<data>/desired.json`: the last desired document, for a start while the controller is away. */
export class DesiredFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** @returns the document, or undefined when there is none that can be understood. */
  async read(): Promise<Desired | undefined> {
    const bytes = await readFile(this.path).catch(() => undefined);
    const decoded = bytes && decodePayload(messages.desired, bytes);
    return decoded?.ok ? decoded.value : undefined;
  }

  /** @throws disk_full */
  async write(desired: Desired): Promise<void> {
    await writeAtomically(this.path, JSON.stringify(desired));
  }
}
