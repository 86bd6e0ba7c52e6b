import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';

interface FirstTemplate {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly icon: string;
  /** As the host provider's schema has it. */
  readonly settings: { readonly application: string | null };
  readonly minimum: number;
}

const maximum = 20;

const firstTemplates: readonly FirstTemplate[] = [
  {
    id: 'desktop',
    name: 'Linux desktop',
    description: 'A whole desktop: terminal, file manager, web browser.',
    icon: 'desktop',
    settings: { application: null },
    minimum: 4,
  },
  {
    id: 'browser',
    name: 'Web browser',
    description: 'A web browser and nothing else.',
    icon: 'browser',
    settings: { application: 'chromium' },
    minimum: 2,
  },
  {
    id: 'terminal',
    name: 'Terminal',
    description: 'A terminal and nothing else.',
    icon: 'terminal',
    settings: { application: 'xterm' },
    minimum: 2,
  },
];

const markSql = `
insert into settings (key, value) values ('first-templates', 'true') on conflict do nothing returning key`;

const templateSql = `
insert into templates (id, name, description, icon, provider, settings) values ($1, $2, $3, $4, 'host', $5)
on conflict do nothing`;

const poolSql = `insert into pools (template_id, warm_minimum, maximum) values ($1, $2, $3) on conflict do nothing`;

/**
 * Make the templates that a new installation begins with, and their pools, at the first start of all; an
 * admin may change or remove them, and they do not come back.
 *
 * @returns the ids of those made; empty after the first start
 */
export async function ensureFirstTemplates({
  db,
  changes,
}: {
  db: Database;
  changes: Changes;
}): Promise<string[]> {
  const made = await db.transaction(async (tx) => {
    const isFirstStart = (await tx.query(markSql)).length > 0;
    if (!isFirstStart) return [];
    for (const { id, name, description, icon, settings, minimum } of firstTemplates) {
      await tx.query(templateSql, [id, name, description, icon, JSON.stringify(settings)]);
      await tx.query(poolSql, [id, minimum, maximum]);
    }
    return firstTemplates.map(({ id }) => id);
  });
  for (const id of made) changes.announce({ kind: 'template', id });
  return made;
}
