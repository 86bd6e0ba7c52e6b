import type { ErrorRule } from './error-rule.ts';

/** How a device becomes one of ours. */
export const enrolment = {
  join_token_wrong: {
    status: 401,
    title: 'The join token is malformed, unknown, used up, withdrawn or expired.',
    remedy: 'Make a new one with `npx homeroom token create`.',
  },
  controller_not_trusted: {
    status: 421,
    title: 'The controller’s certificate does not match the join token.',
    remedy: 'Check the address; take a token from this very controller.',
  },
  controller_not_found: {
    status: 404,
    title: 'No controller was found on the network.',
    remedy: 'Set HOMEROOM_CONTROLLER, or check that mDNS passes.',
  },
  enrolment_closed: {
    status: 403,
    title: 'This controller takes no new devices without a join token.',
    remedy: 'Use a token, or open enrolment for some minutes.',
  },
  enrolment_denied: {
    status: 403,
    title: 'An admin declined this device.',
    remedy: 'Talk to the admin; ask again if it was a mistake.',
  },
  enrolment_timeout: {
    status: 504,
    title: 'Nobody accepted the device in time.',
    remedy: 'Accept it on the Enrolment page; it asks again by itself.',
  },
} as const satisfies Record<string, ErrorRule>;
