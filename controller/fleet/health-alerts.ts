/** What a device's health says that somebody should act on, in words that say what to do. Pure. */
import type { Health } from '@homeroom/protocol';

/** An alert without its time; the code tells which one it is over time. */
export interface Alert {
  readonly code: string;
  readonly message: string;
}

/** Codes of the alerts that come from health alone, and go with it. */
export const healthAlertCodes = [
  'under_voltage',
  'hot',
  'disk_errors',
  'disk_nearly_full',
  'clock_wrong',
] as const;
export type HealthAlertCode = (typeof healthAlertCodes)[number];

/** The Pi slows down at 80 °C (its firmware's soft limit); the alert ends a little below, so that it does not flicker. */
const hotC = 80;
const cooledC = 75;
const diskNearlyFullMiB = 200;
/** Commands live for seconds and certificates begin an hour back; half a minute already expires commands. */
const clockOffMs = 30_000;

/**
 * @param receivedAt when the report came, by the controller's clock
 * @param standing codes that stand now, for the limits that differ on the way back
 * @returns every alert that should stand now; empty when all is well
 */
export function healthAlerts(health: Health, receivedAt: Date, standing: ReadonlySet<string>): Alert[] {
  return [
    underVoltage(health),
    hot(health, standing),
    diskErrors(health),
    diskNearlyFull(health),
    clockWrong(health, receivedAt),
  ].filter((alert) => alert !== undefined);
}

function underVoltage({ underVoltage: isLow }: Health): Alert | undefined {
  if (!isLow) return undefined;
  return {
    code: 'under_voltage',
    message:
      'The power supply gave too little voltage since the last start. Use the official one, or a shorter cable.',
  };
}

function hot({ temperatureC }: Health, standing: ReadonlySet<string>): Alert | undefined {
  const limitC = standing.has('hot') ? cooledC : hotC;
  if (temperatureC === null || temperatureC < limitC) return undefined;
  return {
    code: 'hot',
    message: `It is ${Math.round(temperatureC)} °C and slows down. Give it air, a heat sink or a fan.`,
  };
}

function diskErrors({ diskErrors: count }: Health): Alert | undefined {
  if (count === null || count === 0) return undefined;
  return {
    code: 'disk_errors',
    message: `The file system counted ${count} errors: the SD card is dying. Replace it soon.`,
  };
}

function diskNearlyFull({ diskFreeMiB }: Health): Alert | undefined {
  if (diskFreeMiB === null || diskFreeMiB >= diskNearlyFullMiB) return undefined;
  return {
    code: 'disk_nearly_full',
    message: `Only ${Math.round(diskFreeMiB)} MiB are free. Delete something.`,
  };
}

function clockWrong({ at }: Health, receivedAt: Date): Alert | undefined {
  const offMs = new Date(at).getTime() - receivedAt.getTime();
  if (Math.abs(offMs) < clockOffMs) return undefined;
  const offS = Math.round(Math.abs(offMs) / 1000);
  const direction = offMs > 0 ? 'ahead' : 'behind';
  return {
    code: 'clock_wrong',
    message: `Its clock is ${offS} s ${direction}, so commands may expire. Check that it reaches a time server.`,
  };
}
