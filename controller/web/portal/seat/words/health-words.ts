import type { Health } from '@homeroom/protocol';
import type { Fact, Tone } from './tone.ts';

/** A Pi slows itself down from 80 °C on (its firmware's soft limit is 60 °C on a 3 B+, told as warm here). */
const warmC = 70;
const hotC = 80;

/** @returns each figure of a device's health in words; those that the machine does not give are left out. */
export function healthFacts(health: Health | null): Fact[] {
  if (!health) return [];
  const facts = [temperature(health), power(health), load(health), memory(health), disk(health)];
  return facts.filter((fact) => fact !== undefined);
}

/** @returns the worst of a device's health in one line. */
export function healthFact(health: Health | null): Fact {
  if (!health) return { label: 'Health', words: 'not reported', tone: 'idle' };
  const facts = healthFacts(health);
  const worst = facts.find(({ tone }) => tone === 'bad') ?? facts.find(({ tone }) => tone === 'warn');
  if (worst)
    return { label: 'Health', words: `${worst.label.toLowerCase()} ${worst.words}`, tone: worst.tone };
  const { temperatureC } = health;
  return {
    label: 'Health',
    words: temperatureC === null ? 'well' : `well, ${Math.round(temperatureC)} °C`,
    tone: 'good',
  };
}

function temperature({ temperatureC }: Health): Fact | undefined {
  if (temperatureC === null) return undefined;
  const tone = temperatureC >= hotC ? 'bad' : temperatureC >= warmC ? 'warn' : 'good';
  const comment = { good: '', warn: ', warm', bad: ', too hot: it slows down' }[tone];
  return { label: 'Temperature', words: `${Math.round(temperatureC)} °C${comment}`, tone };
}

function power({ underVoltage }: Health): Fact | undefined {
  if (underVoltage === null) return undefined;
  return underVoltage
    ? { label: 'Power', words: 'too weak since it started: use a better supply', tone: 'bad' }
    : { label: 'Power', words: 'stable', tone: 'good' };
}

function load({ loadAverage, cpuCount }: Health): Fact | undefined {
  if (loadAverage === null) return undefined;
  const perCpu = loadAverage / Math.max(1, cpuCount);
  const words = perCpu < 0.3 ? 'quiet' : perCpu < 1 ? 'busy' : 'overloaded';
  return {
    label: 'Load',
    words: `${words} (${loadAverage.toFixed(1)} on ${cpuCount} cores)`,
    tone: perCpu < 1 ? 'good' : 'warn',
  };
}

function memory({ memoryFreeMiB, memoryTotalMiB }: Health): Fact {
  const tone = toneOfFree(memoryFreeMiB / Math.max(1, memoryTotalMiB));
  return { label: 'Memory', words: `${sizeWords(memoryFreeMiB)} of ${sizeWords(memoryTotalMiB)} free`, tone };
}

function disk({ diskFreeMiB, diskTotalMiB, diskErrors }: Health): Fact | undefined {
  if (diskErrors) return { label: 'Disk', words: `${diskErrors} errors: replace the SD card`, tone: 'bad' };
  if (diskFreeMiB === null || diskTotalMiB === null) return undefined;
  const tone = toneOfFree(diskFreeMiB / Math.max(1, diskTotalMiB));
  return { label: 'Disk', words: `${sizeWords(diskFreeMiB)} of ${sizeWords(diskTotalMiB)} free`, tone };
}

function toneOfFree(share: number): Tone {
  if (share < 0.03) return 'bad';
  return share < 0.1 ? 'warn' : 'good';
}

function sizeWords(mebibytes: number): string {
  if (mebibytes < 1024) return `${Math.round(mebibytes)} MiB`;
  const gibibytes = mebibytes / 1024;
  return `${gibibytes < 10 ? gibibytes.toFixed(1) : Math.round(gibibytes)} GiB`;
}
