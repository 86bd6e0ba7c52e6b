import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hdmi } from '@homeroom/protocol/wire';
import { listFolder } from '../list-folder.ts';
import { readText } from '../read-text.ts';
import { connectorNameOf } from './connector-name.ts';
import { type EdidMode, parseEdid } from './edid.ts';

type Connector = Hdmi['connectors'][number];

const maxConnectors = 16;
/** Without an EDID the kernel offers only VESA modes of about 60 Hz (`drm_add_modes_noedid`). */
const refreshWithoutEdidHz = 60;

/**
 * Read every connector of a `/sys/class/drm`. The kernel has these figures at hand, so reading
 * them talks to no monitor and may be done every second.
 *
 * @returns the connectors in the kernel's order; empty without a graphics driver
 */
export async function readDrmConnectors(drmDir: string): Promise<Hdmi> {
  const folders = (await listFolder(drmDir)).filter((folder) => connectorNameOf(folder) !== undefined);
  const connectors = await Promise.all(
    folders.slice(0, maxConnectors).map((folder) => readConnector(drmDir, folder)),
  );
  return { connectors };
}

async function readConnector(drmDir: string, folder: string): Promise<Connector> {
  const dir = join(drmDir, folder);
  const name = connectorNameOf(folder) ?? folder;
  if ((await readText(join(dir, 'status'))) !== 'connected')
    return { name, connected: false, monitor: null, mode: null };
  const edid = parseEdid(await readBytes(join(dir, 'edid')));
  const firstMode = parseModeLine((await readText(join(dir, 'modes'))) ?? '');
  return {
    name,
    connected: true,
    monitor: edid
      ? {
          vendor: edid.vendor,
          product: edid.product,
          serial: edid.serial,
          widthMm: edid.widthMm,
          heightMm: edid.heightMm,
        }
      : null,
    mode: edid?.native ?? firstMode,
  };
}

/** The kernel lists its preferred mode first, as `1920x1080` or `1920x1080i`. */
function parseModeLine(modes: string): EdidMode | null {
  const match = /^(\d+)x(\d+)/.exec(modes);
  return match
    ? { width: Number(match[1]), height: Number(match[2]), refreshHz: refreshWithoutEdidHz }
    : null;
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch {
    // The monitor was pulled between two reads, or the driver gives none.
    return new Uint8Array();
  }
}
