import type { ErrorRule } from './error-rule.ts';

/** Devices, and the hardware on them. */
export const devices = {
  device_unknown: {
    status: 404,
    title: 'There is no such device.',
    remedy: 'Choose one of the devices that are listed.',
  },
  device_offline: {
    status: 409,
    title: 'The device is not connected.',
    remedy: 'Check its power and network; desired state waits for it.',
  },
  device_revoked: {
    status: 403,
    title: 'The device’s credential was revoked.',
    remedy: 'To let it back, make a new join token for it, or remove it first.',
  },
  device_identity_in_use: {
    status: 409,
    title: 'Two devices use one identity.',
    remedy: 'One has a copied SD card: enrol one of them afresh.',
  },
  device_credential_wrong: {
    status: 401,
    title: 'The device’s credential is wrong.',
    remedy: 'Delete the agent’s credential file and enrol it again.',
  },
  hardware_absent: {
    status: 424,
    title: 'The device has no such hardware.',
    remedy: 'Look at what the device reports under capabilities.',
  },
  hardware_failed: {
    status: 502,
    title: 'The hardware did not do what was asked.',
    remedy: 'Check cable and power; the detail has the driver’s own words.',
  },
} as const satisfies Record<string, ErrorRule>;
