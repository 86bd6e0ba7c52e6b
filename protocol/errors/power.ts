import type { ErrorRule } from './error-rule.ts';

/** Relays, the power of seats, and HDMI switches. */
export const power = {
  power_not_switchable: {
    status: 409,
    title: 'No relay powers this seat.',
    remedy: 'Switch it at the machine, or say on a relay’s page which channel it hangs on.',
  },
  power_overridden: {
    status: 409,
    title: 'Somebody holds the power by hand.',
    remedy: 'Ask who holds it, or let it go; the detail says who and until when.',
  },
  relay_channel_guarded: {
    status: 409,
    title: 'A seat’s computer hangs on this channel.',
    remedy: 'Switch the seat’s power instead: its computer is shut down first.',
  },
} as const satisfies Record<string, ErrorRule>;
