import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { listFolder } from '../list-folder.ts';
import { readText } from '../read-text.ts';

/** Pulse-Eight's USB-CEC adapters, the kind that `cec-client` knows. */
const usbIds = new Set(['2548:1001', '2548:1002']);

/** @returns the serial ports of USB CEC adapters, `ttyACM0`; empty without one. */
export async function findUsbCecPorts(ttyDir: string): Promise<string[]> {
  const names = (await listFolder(ttyDir)).filter((name) => /^ttyACM\d+$/.test(name));
  const isAdapter = await Promise.all(names.map((name) => isCecAdapter(join(ttyDir, name, 'device'))));
  return names.filter((_, index) => isAdapter[index]);
}

async function isCecAdapter(interfaceLink: string): Promise<boolean> {
  try {
    // `device` points to the USB interface; the ids stand with the device above it.
    const device = dirname(await realpath(interfaceLink));
    return usbIds.has(
      `${await readText(join(device, 'idVendor'))}:${await readText(join(device, 'idProduct'))}`,
    );
  } catch {
    return false;
  }
}
