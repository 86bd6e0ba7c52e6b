import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { readSecretFile, writeSecretFile } from './secret-file.ts';

/** Where the controller of a data folder answers: the `homeroom` command of this machine finds it by this. */
const address = v.looseObject({
  url: v.pipe(v.string(), v.startsWith('https://'), v.url()),
  pid: v.number(),
  /** Hexadecimal SHA-256 of the CA in the same folder. */
  caSha256: v.string(),
  /** Of a certificate of the owner's; null for the controller's own. */
  certificatePath: v.nullable(v.string()),
});
export type Address = v.InferOutput<typeof address>;

/** @param ownDir the controller's own folder */
export function addressPath(ownDir: string): string {
  return join(ownDir, 'address.json');
}

/** Tell where the controller answers, to its owner alone. */
export async function writeAddress(ownDir: string, told: Address): Promise<void> {
  await writeSecretFile(addressPath(ownDir), JSON.stringify(told));
}

/** Take it back at the end, unless another process of the same folder has told its own since. */
export async function removeAddress(ownDir: string, pid: number): Promise<void> {
  const told = parseAddress(await readSecretFile(addressPath(ownDir)));
  if (told?.pid === pid) await rm(addressPath(ownDir), { force: true });
}

/** @returns the address, or undefined when the text is none */
export function parseAddress(text: string | undefined): Address | undefined {
  try {
    const parsed = v.safeParse(address, JSON.parse(text ?? ''));
    return parsed.success ? parsed.output : undefined;
  } catch {
    // No JSON, so nothing that a controller wrote.
    return undefined;
  }
}

/** @returns how this machine reaches a port of its own, by TLS */
export function localUrl({ listen, port }: { listen: string; port: number }): string {
  if (listen === '0.0.0.0' || listen === '::') return `https://127.0.0.1:${port}`;
  return `https://${listen.includes(':') ? `[${listen}]` : listen}:${port}`;
}
