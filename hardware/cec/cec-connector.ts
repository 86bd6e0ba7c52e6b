import { join } from 'node:path';
import { connectorNameOf } from '../hdmi/connector-name.ts';
import { listFolder } from '../list-folder.ts';
import { readNumber } from '../read-text.ts';
import type { CecAdapterInfo } from './cec-ctl-output.ts';

/**
 * Find the connector that an adapter belongs to: by the id that kernels from 6.4 on show in sysfs,
 * else by the names of the Raspberry Pi's driver, `vc4-hdmi-0` for HDMI-A-1.
 *
 * @returns the kernel's name of the connector, or null when the adapter does not tell
 */
export async function findCecConnector(drmDir: string, info: CecAdapterInfo): Promise<string | null> {
  const { connector } = info;
  if (connector) {
    const folders = (await listFolder(drmDir)).filter((folder) =>
      folder.startsWith(`card${connector.card}-`),
    );
    for (const folder of folders)
      if ((await readNumber(join(drmDir, folder, 'connector_id'))) === connector.id)
        return connectorNameOf(folder) ?? null;
  }
  const index = /^vc4-hdmi-(\d+)$/.exec(info.adapter)?.[1];
  return index === undefined ? null : `HDMI-A-${Number(index) + 1}`;
}
