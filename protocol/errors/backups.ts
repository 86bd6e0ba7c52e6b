import type { ErrorRule } from './error-rule.ts';

/** What keeps a backup from being restored. */
export const backups = {
  backup_damaged: {
    status: 500,
    title: 'The backup is damaged, or no backup of Homeroom.',
    remedy: 'Take another backup: this one was cut off or changed. Nothing was restored.',
  },
  backup_too_new: {
    status: 500,
    title: 'The backup is of a newer Homeroom.',
    remedy: 'Install that version or a later one and restore with it. Nothing was restored.',
  },
  backup_passphrase_wrong: {
    status: 500,
    title: 'The passphrase does not open the backup.',
    remedy: 'Give the one that it was made with; without it nobody can open it. Nothing was restored.',
  },
  restore_target_not_empty: {
    status: 500,
    title: 'There is something already where the backup would go.',
    remedy: 'Choose an empty data folder and database, or say --replace: what is there is lost then.',
  },
} as const satisfies Record<string, ErrorRule>;
