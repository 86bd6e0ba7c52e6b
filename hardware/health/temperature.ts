import { join } from 'node:path';
import { listFolder } from '../list-folder.ts';
import { readNumber, readText } from '../read-text.ts';

/** Zones and chips that stand for the processor, the best first. */
const zonePreference = ['cpu-thermal', 'cpu_thermal', 'soc-thermal', 'x86_pkg_temp'];
const chips = new Set(['cpu_thermal', 'coretemp', 'k10temp', 'zenpower']);

/** @returns the processor's temperature in °C, or null when the kernel tells none. */
export async function readTemperature(sysDir: string): Promise<number | null> {
  return (await readZone(join(sysDir, 'class/thermal'))) ?? (await readChip(join(sysDir, 'class/hwmon')));
}

async function readZone(thermalDir: string): Promise<number | null> {
  const zones: { rank: number; milliC: number }[] = [];
  for (const name of await listFolder(thermalDir)) {
    if (!name.startsWith('thermal_zone')) continue;
    const milliC = await readNumber(join(thermalDir, name, 'temp'));
    const rank = zonePreference.indexOf((await readText(join(thermalDir, name, 'type'))) ?? '');
    if (milliC !== undefined) zones.push({ rank: rank === -1 ? zonePreference.length : rank, milliC });
  }
  const best = zones.sort((a, b) => a.rank - b.rank)[0];
  return best ? inCelsius(best.milliC) : null;
}

async function readChip(hwmonDir: string): Promise<number | null> {
  for (const name of await listFolder(hwmonDir)) {
    if (!chips.has((await readText(join(hwmonDir, name, 'name'))) ?? '')) continue;
    const milliC = await readNumber(join(hwmonDir, name, 'temp1_input'));
    if (milliC !== undefined) return inCelsius(milliC);
  }
  return null;
}

function inCelsius(milliC: number): number {
  return Math.round(milliC / 100) / 10;
}
