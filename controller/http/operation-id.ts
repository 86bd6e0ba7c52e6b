export interface NamedRoute {
  readonly method: string;
  readonly path: string;
  readonly isPaginated: boolean;
  readonly isCreating: boolean;
}

const verbs: Readonly<Record<string, string>> = {
  GET: 'get',
  POST: 'post',
  PUT: 'set',
  PATCH: 'change',
  DELETE: 'delete',
};

/**
 * The usual name of an operation: `listRooms`, `getRoom`, `createRoomSeat`, `changeSeat`, `moveSession`, `signIn`.
 *
 * @returns a name in camel case; a POST that does something is named by its last word, which is the deed
 */
export function operationIdOf({ method, path, isPaginated, isCreating }: NamedRoute): string {
  const segments = path.split('/').filter((segment) => segment !== '');
  const nouns = segments.flatMap((segment, index) => {
    if (segment.startsWith(':')) return [];
    return [segments[index + 1]?.startsWith(':') ? singularOf(segment) : segment];
  });
  const last = nouns.at(-1) ?? '';
  if (isCreating) return camel(['create', ...nouns.slice(0, -1), singularOf(last)]);
  if (isPaginated) return camel(['list', ...nouns]);
  const isDeed = method === 'POST' && !segments.at(-1)?.startsWith(':');
  return isDeed ? camel([last, ...nouns.slice(0, -1)]) : camel([verbs[method] ?? 'do', ...nouns]);
}

function singularOf(noun: string): string {
  if (noun.endsWith('ies')) return `${noun.slice(0, -3)}y`;
  return noun.endsWith('s') && !noun.endsWith('ss') && noun !== 'series' ? noun.slice(0, -1) : noun;
}

function camel(words: readonly string[]): string {
  const parts = words.flatMap((word) => word.split('-')).filter((part) => part !== '');
  return parts.map((part, index) => (index === 0 ? part : part[0]?.toUpperCase() + part.slice(1))).join('');
}
