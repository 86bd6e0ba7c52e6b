/** The settings of files that are handed out and collected. */
import * as v from 'valibot';
import { type ConfigKey, text } from './config-key.ts';

const number = (least: number, most: number, fallback: number) =>
  v.optional(
    v.pipe(text, v.regex(/^\d{1,6}$/), v.transform(Number), v.minValue(least), v.maxValue(most)),
    fallback,
  );

/** Part of the controller's schema. */
export const fileConfigEntries = {
  filesDir: v.optional(text),
  filesKeepDays: number(1, 3_650, 30),
  handOutMaxMib: number(1, 256, 64),
  collectMaxMib: number(1, 2_048, 200),
};

const plain = { unit: null, fallback: null, isSecret: false } as const;

/** What the reference page and a fault say about them. */
export const fileConfigKeys = {
  filesDir: {
    ...plain,
    environment: 'HOMEROOM_FILES_DIR',
    description:
      'Folder for files that are handed out and that were collected. Processes with the role `api` or `cleanup` need the same one. Without this setting it is `files` in the data folder.',
    example: '/srv/homeroom/files',
    allowed: 'a path',
  },
  filesKeepDays: {
    ...plain,
    environment: 'HOMEROOM_FILES_KEEP_DAYS',
    description: 'How long these files are kept.',
    unit: 'days',
    fallback: '30',
    example: '90',
    allowed: 'a number from 1 to 3650',
  },
  handOutMaxMib: {
    ...plain,
    environment: 'HOMEROOM_HANDOUT_MAX_MIB',
    description: 'How large a file may be that a teacher hands out.',
    unit: 'MiB',
    fallback: '64',
    example: '16',
    allowed: 'a number from 1 to 256',
  },
  collectMaxMib: {
    ...plain,
    environment: 'HOMEROOM_COLLECT_MAX_MIB',
    description: 'How much is collected of each student; what is more is left, and told.',
    unit: 'MiB',
    fallback: '200',
    example: '50',
    allowed: 'a number from 1 to 2048',
  },
} as const satisfies Record<keyof typeof fileConfigEntries, ConfigKey>;
