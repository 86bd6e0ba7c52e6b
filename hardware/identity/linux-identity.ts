import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { arch, hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { isDeviceId } from '@homeroom/protocol/wire';
import { listFolder } from '../list-folder.ts';
import { readText } from '../read-text.ts';
import type { Identity, IdentityPort } from './identity-port.ts';

export interface LinuxIdentityOptions {
  /** Below it stand `proc`, `sys` and `etc`. */
  readonly rootDir: string;
  /** Asked for the model where neither firmware nor device tree tells it; may be slow. */
  readonly guessModel: () => Promise<string | undefined>;
}

/** Who this machine is, by its device tree on a Raspberry Pi, by its firmware and machine id elsewhere. */
export class LinuxIdentity implements IdentityPort {
  readonly #rootDir: string;
  readonly #guessModel: () => Promise<string | undefined>;
  #fixed: Promise<Identity> | undefined;

  constructor({ rootDir, guessModel }: LinuxIdentityOptions) {
    this.#rootDir = rootDir;
    this.#guessModel = guessModel;
  }

  async read(): Promise<Identity> {
    this.#fixed ??= this.#readFixed();
    const fixed = await this.#fixed;
    return { ...fixed, info: { ...fixed.info, addresses: addressesOf(networkInterfaces()) } };
  }

  async #readFixed(): Promise<Identity> {
    const [treeSerial, machineId, bootId] = await Promise.all([
      this.#read('proc/device-tree/serial-number'),
      this.#read('etc/machine-id'),
      this.#read('proc/sys/kernel/random/boot_id'),
    ]);
    const serial = (treeSerial ?? (await this.#read('sys/class/dmi/id/product_serial')) ?? '').toLowerCase();
    const macs = await readBuiltInMacs(join(this.#rootDir, 'sys/class/net'));
    return {
      deviceId: deviceIdOf(treeSerial, machineId || hostname()),
      bootId: bootId || 'unknown',
      info: {
        model: (await this.#readModel()).slice(0, 200),
        serial: serial.slice(0, 200),
        // Not the machine id: it is on the SD card, so a copied card has the same.
        fingerprint: hash(`homeroom fingerprint\n${serial}\n${macs.join('\n')}`).slice(0, 32),
        os: parsePrettyName((await this.#read('etc/os-release')) ?? '') ?? 'Linux',
        arch: arch(),
        addresses: [],
      },
    };
  }

  async #readModel(): Promise<string> {
    const tree = await this.#read('proc/device-tree/model');
    if (tree) return tree;
    const [vendor, product] = await Promise.all([
      this.#read('sys/class/dmi/id/sys_vendor'),
      this.#read('sys/class/dmi/id/product_name'),
    ]);
    if (product) return vendor ? `${vendor} ${product}` : product;
    return (await this.#guessModel()) ?? 'Linux machine';
  }

  #read(path: string): Promise<string | undefined> {
    return readText(join(this.#rootDir, path));
  }
}

/**
 * @param treeSerial the serial number of the device tree: on a Raspberry Pi it is burnt into the chip
 * @param otherwise anything that stays the same for this machine; only its hash is told
 */
export function deviceIdOf(treeSerial: string | undefined, otherwise: string): string {
  const serial = treeSerial?.toLowerCase() ?? '';
  return isDeviceId(serial) ? serial : `m${hash(`homeroom device\n${otherwise}`).slice(0, 16)}`;
}

/** @returns the name that the system gives itself, or undefined when the text has none. */
export function parsePrettyName(osRelease: string): string | undefined {
  return /^PRETTY_NAME="?([^"\n]+)"?$/m.exec(osRelease)?.[1]?.slice(0, 200);
}

/** @returns the addresses under which others reach this machine, at most 32; no loopback, no link-local ones. */
export function addressesOf(interfaces: ReturnType<typeof networkInterfaces>): string[] {
  return Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !/^(?:fe80:|169\.254\.)/i.test(address))
    .map(({ address }) => address)
    .slice(0, 32);
}

/** USB adapters are left out: a borrowed one must not make two machines of one. */
async function readBuiltInMacs(netDir: string): Promise<string[]> {
  const macs: string[] = [];
  for (const name of await listFolder(netDir)) {
    const device = await realpath(join(netDir, name, 'device')).catch(() => undefined);
    const mac = await readText(join(netDir, name, 'address'));
    if (device && !/\/usb\d+\//.test(device) && mac) macs.push(mac);
  }
  return macs.sort();
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
