import { join, resolve } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config-keys.ts';
import type { NodeRedAddress } from '../http/node-red/register-node-red.ts';
import { FlowToken } from '../node-red/flow-token.ts';
import { NodeRed } from '../node-red/node-red.ts';
import { doorSecretOf, prepareFolder, socketPathOf } from '../node-red/prepare-folder.ts';
import { ensureServiceAccount } from '../node-red/service-account.ts';
import type { OpenPeople } from './open-people.ts';
import type { Store } from './open-store.ts';
import { readSecretFile, writeSecretFile } from './secret-file.ts';
import type { Shutdown } from './shutdown.ts';

/** What runs in Node-RED's process, and what it shows at first. */
const flowsDir = resolve(import.meta.dirname, '../../flows');

export interface NodeRedOptions extends Pick<Store, 'db'>, Pick<OpenPeople, 'accounts' | 'tokens'> {
  readonly config: Pick<Config, 'tlsCert'>;
  /** The controller's own folder. */
  readonly ownDir: string;
  /** Where the API is, for this machine. */
  readonly url: string;
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  readonly logger: Logger;
  readonly shutdown: Shutdown;
}

/** @returns where Node-RED will be, whichever process of this data folder runs it; undefined when it is off */
export async function nodeRedAddress(options: {
  config: Pick<Config, 'nodeRed'>;
  ownDir: string;
}): Promise<NodeRedAddress | undefined> {
  if (options.config.nodeRed === 'off') return undefined;
  const dir = folderOf(options.ownDir);
  return { socketPath: socketPathOf(dir), secret: await doorSecretOf(dir) };
}

/** Begin to start Node-RED; nobody waits for it, and it is never a reason for the controller not to start. */
export function openNodeRed(options: NodeRedOptions): NodeRed {
  const { db, accounts, tokens, shutdown, ownDir } = options;
  const logger = options.logger.child({ part: 'node-red' });
  const dir = folderOf(ownDir);
  const owner = () => ensureServiceAccount(db);
  const files = { read: readSecretFile, write: writeSecretFile };
  const token = new FlowToken({ dir, accounts, tokens, owner, files, logger });
  const nodeRed = new NodeRed({
    script: join(flowsDir, 'main.js'),
    logger,
    prepare: async () => {
      await prepareFolder({ dir, flowsPath: join(flowsDir, 'flows.json'), logger });
      await token.keep();
      return environmentOf(options, { dir, tokenPath: token.path });
    },
  });
  token.start();
  nodeRed.start();
  shutdown.add('Node-RED', async () => {
    token.stop();
    await nodeRed.stop();
  });
  return nodeRed;
}

function folderOf(ownDir: string): string {
  return join(ownDir, 'node-red');
}

/** Secrets are named by their files; of the controller's own settings nothing is passed on but what flows are set by. */
function environmentOf(
  { environment, url, config, ownDir }: NodeRedOptions,
  { dir, tokenPath }: { dir: string; tokenPath: string },
): NodeJS.ProcessEnv {
  const passed = Object.entries(environment).filter(
    ([name]) => !name.startsWith('HOMEROOM_') || name.startsWith('HOMEROOM_FLOWS_'),
  );
  return {
    ...Object.fromEntries(passed),
    NODE_ENV: 'production',
    HOMEROOM_NODE_RED_DIR: dir,
    HOMEROOM_URL: url,
    HOMEROOM_TOKEN_FILE: tokenPath,
    HOMEROOM_CA_FILE: config.tlsCert ?? join(ownDir, 'tls/ca.pem'),
  };
}
