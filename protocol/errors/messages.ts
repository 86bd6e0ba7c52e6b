import type { ErrorRule } from './error-rule.ts';

/** Commands, and messages on the broker. */
export const messages = {
  command_unknown: {
    status: 404,
    title: 'There is no such command.',
    remedy: 'Look at the list of commands in docs/mqtt-topics.md.',
  },
  command_timeout: {
    status: 504,
    title: 'The device did not answer in time.',
    remedy: 'Check that it is connected, then try again.',
  },
  command_expired: {
    status: 410,
    title: 'The command came too late and was dropped.',
    remedy: 'Send it again; check the device’s clock if it lasts.',
  },
  command_retained: {
    status: 400,
    title: 'A retained command was dropped.',
    remedy: 'Publish commands without the retain flag.',
  },
  command_busy: {
    status: 429,
    title: 'The device is busy with something that must end first.',
    remedy: 'Wait for that to end; the detail names it.',
  },
  topic_unknown: {
    status: 400,
    title: 'No message travels on that topic.',
    remedy: 'Look at docs/mqtt-topics.md.',
  },
  topic_not_allowed: {
    status: 403,
    title: 'This account may not use that topic.',
    remedy: 'Devices use their own topics only; see docs/mqtt-topics.md.',
  },
  payload_too_large: {
    status: 413,
    title: 'The message is larger than its topic allows.',
    remedy: 'See the limits in docs/mqtt-topics.md.',
  },
  payload_not_json: { status: 400, title: 'The message is not JSON.', remedy: 'Send UTF-8 JSON.' },
  payload_invalid: {
    status: 400,
    title: 'The message has wrong or missing fields.',
    remedy: 'The reason names each field.',
  },
} as const satisfies Record<string, ErrorRule>;
