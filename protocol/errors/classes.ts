import type { ErrorRule } from './error-rule.ts';

/** Starting and ending the class of a room. */
export const classes = {
  class_running: {
    status: 409,
    title: 'A class starts or ends in this room just now.',
    remedy: 'Wait until it is done, or cancel it first.',
  },
  class_not_running: {
    status: 409,
    title: 'This start or end of a class is over.',
    remedy: 'Start or end the class again.',
  },
  class_seat_not_failed: {
    status: 409,
    title: 'This seat did not fail.',
    remedy: 'Only a seat that failed is tried again.',
  },
  desktops_short: {
    status: 409,
    title: 'There are fewer desktops than seats.',
    remedy: 'Start with fewer seats, raise the maximum of the pool, or start with what there is.',
  },
} as const satisfies Record<string, ErrorRule>;
