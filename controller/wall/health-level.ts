import type { Device, WallSeat } from '@homeroom/protocol';

type Facts = Pick<Device, 'health' | 'alerts'>;

/** A Pi slows itself down from 80 °C on. */
const warmC = 70;
const hotC = 80;
const fullDiskShare = 0.03;
const shortShare = 0.1;

/** @returns how a device does, and the worst that is the matter with it. Pure. */
export function healthLevel({ health, alerts }: Facts): WallSeat['health'] {
  const alert = alerts.at(0);
  if (alert) return { level: 'bad', reason: alert.message };
  if (!health) return { level: 'unknown', reason: null };
  const { temperatureC, underVoltage, diskErrors, memoryFreeMiB, memoryTotalMiB } = health;
  const diskShare = shareOf(health.diskFreeMiB, health.diskTotalMiB);
  const memoryShare = shareOf(memoryFreeMiB, memoryTotalMiB);
  if (diskErrors) return bad(`The disk counted ${diskErrors} errors: replace the SD card.`);
  if (temperatureC !== null && temperatureC >= hotC)
    return bad(`At ${Math.round(temperatureC)} °C it slows itself down.`);
  if (diskShare < fullDiskShare) return bad('The disk is full.');
  if (underVoltage) return warning('Its power was too weak since it started: use a better supply.');
  if (temperatureC !== null && temperatureC >= warmC)
    return warning(`It is warm: ${Math.round(temperatureC)} °C.`);
  if (diskShare < shortShare) return warning('The disk is nearly full.');
  if (memoryShare < shortShare) return warning('Memory is short.');
  return { level: 'good', reason: null };
}

function shareOf(free: number | null, total: number | null): number {
  return free === null || total === null || total <= 0 ? 1 : free / total;
}

function bad(reason: string): WallSeat['health'] {
  return { level: 'bad', reason };
}

function warning(reason: string): WallSeat['health'] {
  return { level: 'warning', reason };
}
