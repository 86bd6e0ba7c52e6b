/**
 * Whether a Raspberry Pi has had too little voltage since it booted.
 * - The `rpi_volt` driver's alarm is on for seconds only, and the firmware's own sticky bit is wiped by
 *   that driver every two seconds. So the alarm is sampled as often, and what it said is kept here.
 * - It is kept in a file with the boot's id: the agent may restart, the fault stays until the machine does.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toError } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import { listFolder } from '../list-folder.ts';
import { readText } from '../read-text.ts';

const sampleMs = 2_000;

export interface UnderVoltageOptions {
  readonly rootDir: string;
  /** Keeps the id of the last boot that had the fault; without it only memory does. */
  readonly file: string | undefined;
  readonly clock: Clock;
  readonly onFault: (fault: Error) => void;
}

export class UnderVoltage {
  readonly #options: UnderVoltageOptions;
  #alarmFile: string | undefined;
  #latched: boolean | null = null;
  #bootId = '';
  #running = false;
  #cancel: () => void = () => undefined;

  constructor(options: UnderVoltageOptions) {
    this.#options = options;
  }

  /** Since boot; null where the machine cannot tell, or before `start`. */
  get latched(): boolean | null {
    return this.#latched;
  }

  async start(): Promise<void> {
    const { rootDir, file } = this.#options;
    this.#alarmFile = await findAlarm(join(rootDir, 'sys/class/hwmon'));
    if (this.#alarmFile === undefined || this.#running) return;
    this.#running = true;
    this.#bootId = (await readText(join(rootDir, 'proc/sys/kernel/random/boot_id'))) ?? '';
    this.#latched = file !== undefined && (await readText(file)) === this.#bootId;
    await this.sample();
  }

  stop(): void {
    this.#running = false;
    this.#cancel();
  }

  /** Look at the alarm once, and again in two seconds until it was on. */
  async sample(): Promise<void> {
    if (this.#alarmFile === undefined || this.#latched) return;
    if ((await readText(this.#alarmFile)) === '1') {
      this.#latched = true;
      await this.#keep();
    } else if (this.#running) {
      this.#cancel = this.#options.clock.after(sampleMs, () => void this.sample());
    }
  }

  async #keep(): Promise<void> {
    const { file, onFault } = this.#options;
    if (file === undefined) return;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, `${this.#bootId}\n`);
    } catch (caught) {
      onFault(toError(caught));
    }
  }
}

async function findAlarm(hwmonDir: string): Promise<string | undefined> {
  for (const name of await listFolder(hwmonDir))
    if ((await readText(join(hwmonDir, name, 'name'))) === 'rpi_volt')
      return join(hwmonDir, name, 'in0_lcrit_alarm');
  return undefined;
}
