import { openDatabase } from '@homeroom/controller/store/database.ts';
import { migrate } from '@homeroom/controller/store/migrate.ts';
import { pino } from 'pino';

/** The database that those of tests are copied from. */
export const templateName = 'homeroom_template';

const logger = pino({ level: 'silent' });

/** Make the migrated template. @param url of the server's usual database */
export async function createTemplate(url: string): Promise<void> {
  const admin = await openDatabase({ url, maxConnections: 1, logger });
  try {
    await admin.query(`create database ${templateName}`);
  } finally {
    await admin.stop();
  }
  const db = await openDatabase({ url: urlOf(url, templateName), maxConnections: 1, logger });
  try {
    await migrate(db);
  } finally {
    // A database can be copied only while nobody is connected to it.
    await db.stop();
  }
}

/** @returns where another database of the same server is */
export function urlOf(url: string, database: string): string {
  return url.replace('@/homeroom?', `@/${database}?`);
}
