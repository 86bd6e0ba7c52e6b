import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HomeroomError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import * as v from 'valibot';
import { type FlowNode, type Upgraded, upgradeFlows } from './upgrade-flows.ts';

const flowFile = v.array(v.looseObject({ id: v.string(), type: v.string(), z: v.optional(v.string()) }));
const shippedFile = v.record(v.string(), v.string());

export interface FolderOptions {
  /** Of Node-RED alone, in the controller's own. */
  readonly dir: string;
  /** The flows that ship with Homeroom. */
  readonly flowsPath: string;
  readonly logger: Logger;
}

/** @returns where Node-RED listens */
export function socketPathOf(dir: string): string {
  return join(dir, 'socket');
}

/** @returns what opens Node-RED's doors; made at the first start, readable by the owner alone */
export async function doorSecretOf(dir: string): Promise<string> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  return await loadOrCreateSecret(join(dir, 'door-secret'));
}

/**
 * Make the folder what Node-RED needs: secrets beside the user folder, in it the user's own flows with what is new in
 * ours. Nothing of the user's is lost: what cannot be read is left as it is.
 */
export async function prepareFolder({ dir, flowsPath, logger }: FolderOptions): Promise<void> {
  const userDir = join(dir, 'user');
  await mkdir(userDir, { recursive: true, mode: 0o700 });
  await chmod(dir, 0o700);
  await doorSecretOf(dir);
  await loadOrCreateSecret(join(dir, 'credential-key'));
  await bringUpToDate({ dir, userDir, flowsPath, logger });
}

async function bringUpToDate(options: FolderOptions & { userDir: string }): Promise<void> {
  const { dir, userDir, flowsPath, logger } = options;
  const [ownPath, shippedPath] = [join(userDir, 'flows.json'), join(dir, 'shipped-flows.json')];
  const ours = await readJson(flowsPath, flowFile, []);
  const own = await readJson(ownPath, flowFile, []).catch(() => undefined);
  const shippedBefore = await readJson(shippedPath, shippedFile, {}).catch(() => undefined);
  if (!own || !shippedBefore) {
    logger.warn({ ownPath, shippedPath }, 'the flows cannot be read and are left as they are');
    return;
  }
  const upgraded = upgradeFlows({ own, shippedBefore, ours, fingerprint });
  if (isChanged(upgraded)) await writeWhole(ownPath, upgraded.nodes);
  await writeWhole(shippedPath, upgraded.shipped);
  const { added, replaced, removed, keptAsChanged } = upgraded;
  if (isChanged(upgraded) || keptAsChanged.length > 0)
    logger.info({ added, replaced, removed, keptAsChanged }, 'the flows were brought up to date');
}

function isChanged({ added, replaced, removed }: Upgraded): boolean {
  return added.length + replaced.length + removed.length > 0;
}

/** The editor writes fields in an order of its own, nodes too, and moves wires to the end. */
function fingerprint(nodes: readonly FlowNode[]): string {
  const texts = nodes.map((node) => JSON.stringify(sorted(node))).toSorted();
  return createHash('sha256').update(texts.join('\n')).digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, sorted(inner)] as const)
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
}

async function readJson<T extends v.GenericSchema>(
  path: string,
  schema: T,
  missing: v.InferOutput<T>,
): Promise<v.InferOutput<T>> {
  const text = await readIfThere(path);
  return text === undefined ? missing : v.parse(schema, JSON.parse(text));
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (caught) {
    if (caught instanceof Error && 'code' in caught && caught.code === 'ENOENT') return undefined;
    throw caught;
  }
}

async function loadOrCreateSecret(path: string): Promise<string> {
  try {
    // Exclusive: two that start at once agree on what the first one wrote.
    await writeFile(path, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (caught) {
    if (!(caught instanceof Error && 'code' in caught && caught.code === 'EEXIST')) throw caught;
  }
  const secret = (await readFile(path, 'utf8')).trim();
  if (secret === '') throw new HomeroomError('internal', `${path} holds no secret`);
  return secret;
}

async function writeWhole(path: string, value: unknown): Promise<void> {
  const partial = `${path}.part`;
  await writeFile(partial, `${JSON.stringify(value, undefined, 4)}\n`, { mode: 0o600 });
  await rename(partial, path);
}
