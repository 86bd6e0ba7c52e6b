import { maxPageSize } from './list-of.ts';

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** Two hundred thousand records: nobody shows as many, and a server that never says `null` is left some time. */
const maxPages = 1_000;

/**
 * Ask for a list page after page, as large as they may be.
 *
 * @param path of the list, with its own query if it has one
 * @param ask fetches one page
 * @returns every record, in the order of the list
 */
export async function walkList<T>(path: string, ask: (path: string) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  const joint = path.includes('?') ? '&' : '?';
  let after = '';
  for (let pages = 0; pages < maxPages; pages += 1) {
    const page = await ask(`${path}${joint}limit=${maxPageSize}${after}`);
    items.push(...page.items);
    if (page.next === null) break;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
  return items;
}
