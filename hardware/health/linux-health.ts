import { access, statfs } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Health } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import { listFolder } from '../list-folder.ts';
import { readNumber, readText } from '../read-text.ts';
import type { HealthPort } from './health-port.ts';
import { parseDefaultRoute, parseFirstNumber, parseMemory, parseSignal } from './proc-figures.ts';
import { readTemperature } from './temperature.ts';

const mebibyte = 2 ** 20;

export interface LinuxHealthOptions {
  /** Below it stand `proc` and `sys`. */
  readonly rootDir: string;
  /** The folder whose disk is told of. */
  readonly dataDir: string;
  readonly clock: Clock;
  readonly underVoltage: { readonly latched: boolean | null };
  /** A temperature from elsewhere, for machines whose kernel tells none; must not wait. */
  readonly otherTemperature: () => number | null;
}

/** The machine's figures, read from `/proc` and `/sys` alone: no process is started for them. */
export class LinuxHealth implements HealthPort {
  readonly #options: LinuxHealthOptions;

  constructor(options: LinuxHealthOptions) {
    this.#options = options;
  }

  async read(): Promise<Health> {
    const { rootDir, clock, underVoltage, otherTemperature } = this.#options;
    const [uptime, load, meminfo, temperatureC, disk, diskErrors, link] = await Promise.all([
      this.#proc('uptime'),
      this.#proc('loadavg'),
      this.#proc('meminfo'),
      readTemperature(join(rootDir, 'sys')),
      readDisk(this.#options.dataDir),
      readDiskErrors(join(rootDir, 'sys/fs/ext4')),
      this.#readLink(),
    ]);
    const memory = parseMemory(meminfo);
    return {
      at: clock.now().toISOString(),
      uptimeS: Math.floor(parseFirstNumber(uptime) ?? 0),
      temperatureC: temperatureC ?? otherTemperature(),
      underVoltage: underVoltage.latched,
      loadAverage: parseFirstNumber(load),
      cpuCount: availableParallelism(),
      memoryTotalMiB: Math.round(memory.totalMiB),
      memoryFreeMiB: Math.round(memory.freeMiB),
      ...disk,
      diskErrors,
      link,
      agentMemoryMiB: Math.round(process.memoryUsage.rss() / mebibyte),
    };
  }

  async #readLink(): Promise<Health['link']> {
    const name = parseDefaultRoute(await this.#proc('net/route'));
    if (name === null) return null;
    const dir = join(this.#options.rootDir, 'sys/class/net', name);
    const wireless = await isThere(join(dir, 'wireless'));
    const speed = await readNumber(join(dir, 'speed'));
    return {
      name,
      // A virtual or unplugged interface says -1, a wireless one gives EINVAL.
      speedMbps: speed !== undefined && speed > 0 ? speed : null,
      wireless,
      signalDbm: wireless ? parseSignal(await this.#proc('net/wireless'), name) : null,
    };
  }

  async #proc(name: string): Promise<string> {
    return (await readText(join(this.#options.rootDir, 'proc', name))) ?? '';
  }
}

async function readDisk(dir: string): Promise<Pick<Health, 'diskTotalMiB' | 'diskFreeMiB'>> {
  try {
    const { blocks, bavail, bsize } = await statfs(dir);
    return {
      diskTotalMiB: Math.round((blocks * bsize) / mebibyte),
      diskFreeMiB: Math.round((bavail * bsize) / mebibyte),
    };
  } catch {
    return { diskTotalMiB: null, diskFreeMiB: null };
  }
}

/** A dying SD card does not always go read-only; the file system counts its errors. */
async function readDiskErrors(ext4Dir: string): Promise<number | null> {
  const counts = await Promise.all(
    (await listFolder(ext4Dir)).map((name) => readNumber(join(ext4Dir, name, 'errors_count'))),
  );
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
