import type { Route } from '@homeroom/controller/http/route.ts';
import { routeRows } from '../support/route-rows.ts';
import { generatedFrom, markdownTable } from './markdown.ts';

/** @returns the text of `docs/api-routes.md`. */
export function apiRoutesPage(): string {
  const byArea = Map.groupBy(routeRows(), ({ path }) => path.split('/')[1] ?? '');
  const chapters = [...byArea]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([area, routes]) => `## ${area}\n\n${markdownTable(head, routes.map(rowOf))}`);
  return `${generatedFrom('controller/http/routes')}

# Routes

Every route below \`/api/v1\`; \`/openapi.json\` tells the same to programs, with the schemas of what goes in and comes out.

*Who*: \`anyone\`; \`device\` (an agent); \`kiosk\` (a kiosk's browser); \`viewer\` (a kiosk's browser or any person); a role, which higher
roles have too. *Pages* is a list that takes \`?limit=\` and \`?after=\`; *once* takes an \`Idempotency-Key\`. The codes are those that a route
has beside the ones that [any route may answer with](api.md#problems).

${chapters.join('\n\n')}
`;
}

const head = ['route', 'who', 'what', 'takes', 'codes of its own'];

function rowOf({ method, path, access, summary, query, isPaginated, isCreating, errors }: Route): string[] {
  const takes = [
    ...Object.keys(query?.entries ?? {}).map((name) => `\`?${name}=\``),
    ...(isPaginated ? ['*pages*'] : []),
    ...(isCreating ? ['*once*'] : []),
  ];
  return [
    `\`${method} ${path.replaceAll(/:([a-z]+)/gi, '<$1>')}\``,
    access,
    summary,
    takes.join(' '),
    errors.map((code) => `[\`${code}\`](error-codes.md#${code})`).join(' '),
  ];
}
