import type { ErrorRule } from './error-rule.ts';

/** Files that are handed out and collected. */
export const files = {
  nobody_there: {
    status: 409,
    title: 'There is no student whom it could be for.',
    remedy: 'Wait until somebody has signed in at a seat, or choose a group.',
  },
  file_gone: {
    status: 410,
    title: 'These files were removed.',
    remedy: 'They are kept for HOMEROOM_FILES_KEEP_DAYS days: hand out or collect again.',
  },
  archive_damaged: {
    status: 422,
    title: 'What the host sent is no archive, or not the one that was agreed.',
    remedy: 'Try this person again; if it stays, look at the host’s log and update its agent.',
  },
} as const satisfies Record<string, ErrorRule>;
