import type { TemplateDetails } from '@homeroom/protocol';
import { detailsOf, poolOf } from './admin-records.ts';
import type { FakeRoute } from './asked.ts';
import type { Classroom } from './classroom.ts';
import { Refusal } from './problem.ts';

const list = <T>(items: readonly T[]) => ({ items, next: null });

/** What the pages of teachers and admins ask for, beside the class room itself. */
export const adminRoutes: Record<string, FakeRoute> = {
  'GET pools': ({ classroom }) => list(classroom.admin.pools),
  'GET pools/:id': ({ classroom, id }) => poolIn(classroom, id),
  'PATCH pools/:id': ({ classroom, id, body }) => {
    const pool = Object.assign(poolIn(classroom, id), body);
    classroom.announce({ kind: 'pool', id });
    return pool;
  },
  'GET templates/:id/details': ({ classroom, id }) => templateIn(classroom, id),
  'POST templates': ({ classroom, body }) => {
    const id = String(body.id);
    if (classroom.templates.some((template) => template.id === id)) throw new Refusal('conflict');
    const provider = body.provider === 'simulated' ? ('simulated' as const) : ('host' as const);
    const [name, description, icon] = [body.name, body.description ?? '', body.icon ?? 'desktop'].map(String);
    const card = {
      id,
      name: name ?? '',
      description: description ?? '',
      icon: icon ?? null,
      provider,
      ready: 0,
    };
    classroom.templates.push(card);
    classroom.admin.details.push(detailsOf(card));
    classroom.admin.pools.push({ ...poolOf(id, 0), warmMinimum: 0, maximum: 10 });
    classroom.announce({ kind: 'template', id });
    return detailsOf(card);
  },
  'PATCH templates/:id': ({ classroom, id, body }) => {
    const { withdrawn, ...changes } = body;
    const details = Object.assign(templateIn(classroom, id), changes);
    if (typeof withdrawn === 'boolean') details.withdrawnAt = withdrawn ? new Date().toISOString() : null;
    Object.assign(classroom.templates.find((each) => each.id === id) ?? {}, changes);
    classroom.announce({ kind: 'template', id });
    return details;
  },
  'DELETE templates/:id': ({ classroom, id }) => {
    const details = templateIn(classroom, id);
    details.withdrawnAt = new Date().toISOString();
    const index = classroom.templates.findIndex((each) => each.id === id);
    if (index >= 0) classroom.templates.splice(index, 1);
    classroom.announce({ kind: 'template', id });
    return details;
  },
  'PUT templates/:id/groups': ({ classroom, id, body }) => {
    const chosen = body.groups as string[];
    for (const group of classroom.groups) {
      group.templates = group.templates.filter((template) => template !== id);
      if (chosen.includes(group.id)) group.templates.push(id);
    }
    classroom.announce({ kind: 'template', id });
    return { groups: chosen };
  },
  'GET quotas': ({ classroom }) => list(classroom.admin.quotas),
  'GET findings': ({ classroom, query }) => {
    const [kind, state] = [query.get('kind'), query.get('state')];
    const wanted = classroom.admin.findings.filter((each) => kind === null || each.kind === kind);
    return list(wanted.filter(({ mendedAt }) => state === 'all' || mendedAt === null));
  },
  'GET lessons': ({ classroom }) => list(classroom.admin.lessons),
  'GET lesson-series': () => list([]),
  'GET holidays': () => list([]),
  'GET school': () => ({ timeZone: 'UTC' }),
  'GET status': ({ classroom }) => classroom.admin.status,
  'GET hosts': ({ classroom }) => list(classroom.admin.hosts),
  'PATCH hosts/:id': ({ classroom, id, body }) => {
    const host = classroom.admin.hosts.find((each) => each.id === id);
    if (!host) throw new Refusal('not_found');
    return Object.assign(host, body);
  },
  'GET provider-limits': ({ classroom }) => ({ items: classroom.admin.providerLimits }),
  'GET audit': ({ classroom, query }) => auditPage(classroom, query),
  'GET audit/verify': ({ classroom }) => {
    const verified = classroom.admin.audit.length;
    return { isWhole: true, verified, hash: 'b'.repeat(64), unsealed: 0, fault: null };
  },
  'GET me/usage': ({ caller }) => ({
    from: '2026-01-05T00:00:00.000Z',
    to: '2026-01-12T00:00:00.000Z',
    hoursUsed: 2.5,
    limits: [],
    home: `homes/${caller.user?.username}`,
  }),
};

function templateIn(classroom: Classroom, id: string): TemplateDetails {
  const details = classroom.admin.details.find((each) => each.id === id);
  if (!details) throw new Refusal('template_unknown');
  return details;
}

function poolIn(classroom: Classroom, id: string) {
  const pool = classroom.admin.pools.find(({ template }) => template === id);
  if (!pool) throw new Refusal('not_found');
  return pool;
}

/** In pages, as the controller answers. */
function auditPage({ admin }: Classroom, query: URLSearchParams) {
  const [actor, action, subject] = ['actor', 'action', 'subject'].map((name) => query.get(name));
  const found = admin.audit.filter(
    (entry) =>
      (actor === null || entry.actor === actor) &&
      (action === null || entry.action === action || entry.action.startsWith(`${action}.`)) &&
      (subject === null || entry.subject === subject),
  );
  const from = Number(query.get('after') ?? 0);
  const to = from + Number(query.get('limit') ?? 50);
  return { items: found.slice(from, to), next: to < found.length ? String(to) : null };
}
