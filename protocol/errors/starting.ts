import type { ErrorRule } from './error-rule.ts';

/** What keeps a program of ours from starting. */
export const starting = {
  config_invalid: {
    status: 500,
    title: 'The configuration has faults.',
    remedy: 'Mend what is named here and start again; docs/configuration.md has every setting.',
  },
  port_in_use: {
    status: 500,
    title: 'A port is taken by another program.',
    remedy: 'Choose another with the option that the message names.',
  },
  database_too_new: {
    status: 500,
    title: 'The database belongs to a newer Homeroom.',
    remedy: 'Start that version or a later one, or restore a backup from before it.',
  },
  database_start_failed: {
    status: 500,
    title: 'The embedded database did not start.',
    remedy: 'The detail has its last words; or set HOMEROOM_DATABASE_URL to a PostgreSQL of your own.',
  },
  data_folder_in_use: {
    status: 500,
    title: 'Another Homeroom uses the same data folder.',
    remedy: 'End that one, or choose another folder: npm start -- --data <folder>.',
  },
  start_failed: {
    status: 500,
    title: 'A part of Homeroom did not start.',
    remedy: 'The message has its last words; the whole log is in the data folder under logs.',
  },
} as const satisfies Record<string, ErrorRule>;
