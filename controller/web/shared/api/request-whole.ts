import { request } from './request.ts';

interface ListPage {
  readonly items: readonly unknown[];
  readonly next: string | null;
}

/** Of 200 records each: more than any page of ours shows. */
const maxPages = 50;

/**
 * Ask for what stands at a path; of a list, for all its pages.
 *
 * @param path below `/api/v1/`
 * @throws ApiError
 */
export async function requestWhole<T>(path: string, signal: AbortSignal): Promise<T> {
  const first = await request<T>('GET', path, { signal });
  if (!isListPage(first)) return first;
  const joint = path.includes('?') ? '&' : '?';
  let { items, next } = first;
  for (let pages = 1; next !== null && pages < maxPages; pages += 1) {
    const rest = `${path}${joint}limit=200&after=${encodeURIComponent(next)}`;
    const page = await request<ListPage>('GET', rest, { signal });
    items = [...items, ...page.items];
    next = page.next;
  }
  return { ...first, items, next };
}

function isListPage(answer: unknown): answer is ListPage {
  return typeof answer === 'object' && answer !== null && 'items' in answer && 'next' in answer;
}
