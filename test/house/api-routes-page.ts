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
roles have too. *Takes* names the fields of a body first; those with a question mark may be left out. *Pages* is a list that takes \`?limit=\` and \`?after=\`; *once* takes an \`Idempotency-Key\`. The codes are those that a route
has beside the ones that [any route may answer with](api.md#problems).

${chapters.join('\n\n')}
`;
}

const head = ['route', 'who', 'what', 'takes', 'codes of its own'];

/** @returns the fields of its body, as `{name, group?}`; what need not be there has a question mark */
function bodyOf({ body }: Route): string[] {
  if (!body || !('entries' in body)) return [];
  const entries = Object.entries(body.entries as Record<string, { type: string }>);
  const fields = entries.map(([name, { type }]) => (isOptional.has(type) ? `${name}?` : name));
  return [`\`{${fields.join(', ')}}\``];
}

const isOptional: ReadonlySet<string> = new Set(['optional', 'exact_optional', 'nullish']);

function rowOf(route: Route): string[] {
  const { method, path, access, summary, query, isPaginated, isCreating, errors } = route;
  const takes = [
    ...bodyOf(route),
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
