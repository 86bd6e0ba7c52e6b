import type { ErrorRule } from './error-rule.ts';

/** What a device shows: its kiosk, and the screens of a host’s desktops. */
export const screens = {
  kiosk_url_not_allowed: {
    status: 422,
    title: 'The kiosk may not show that page.',
    remedy: 'Use a page of the controller, or allow its origin in the agent’s configuration.',
  },
  kiosk_load_failed: {
    status: 502,
    title: 'The page did not load in the kiosk.',
    remedy: 'The detail has the browser’s own words.',
  },
  kiosk_browser_missing: {
    status: 424,
    title: 'Chromium is not installed on the device.',
    remedy: 'apt-get install chromium',
  },
  xserver_missing: {
    status: 424,
    title: 'Xvnc is not installed on the host.',
    remedy: 'apt-get install tigervnc-standalone-server openbox',
  },
  xserver_failed: {
    status: 502,
    title: 'The X server did not start or died.',
    remedy: 'The detail has its last words; look at the host’s disk and memory.',
  },
} as const satisfies Record<string, ErrorRule>;
