import { readFile, rm } from 'node:fs/promises';
import { decodeValue, deviceId } from '@homeroom/protocol/wire';
import * as v from 'valibot';
import { writeAtomically } from '../write-atomically.ts';

const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));

/** What an enrolled device keeps: who it is, how it shows that, and whom it trusts. */
export const credential = v.looseObject({
  device: deviceId,
  password: v.pipe(v.string(), v.minLength(20)),
  caPem: v.pipe(v.string(), v.includes('BEGIN CERTIFICATE')),
  host: v.pipe(v.string(), v.minLength(1)),
  httpPort: port,
  /** Of a broker that is not at the controller's host. */
  mqttHost: v.optional(v.pipe(v.string(), v.minLength(1))),
  mqttPort: port,
  /** Of the machine that enrolled: on another one the file is a copy. */
  serial: v.string(),
  /** The public name of the join token that it came by; absent when an admin accepted it without. */
  tokenId: v.optional(v.string()),
});
export type Credential = v.InferOutput<typeof credential>;

/** `<data>/credential.json`, readable by its owner alone. */
export class CredentialFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** @returns the credential; `absent` when there is no file, `damaged` when it cannot be understood. */
  async read(): Promise<Credential | 'absent' | 'damaged'> {
    let text: string;
    try {
      text = await readFile(this.path, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'absent';
      throw error;
    }
    const decoded = decodeValue(credential, parseJson(text));
    return decoded.ok ? decoded.value : 'damaged';
  }

  /** @throws disk_full */
  async write(value: Credential): Promise<void> {
    await writeAtomically(this.path, `${JSON.stringify(value, null, 2)}\n`);
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
