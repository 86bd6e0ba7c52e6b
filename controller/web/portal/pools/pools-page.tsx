import type { Pool, Template, User } from '@homeroom/protocol';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { byName } from '../../shared/words/by-name.ts';
import { Link } from '../route/link.tsx';
import { Empty } from '../shell/empty.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { Table } from '../shell/table.tsx';
import { poolFields } from './pool-fields.ts';
import { PoolRow } from './pool-row.tsx';
import './pools-page.css';

/** How many desktops stand ready, and how many shall. */
export function PoolsPage({ user }: { user: User }) {
  const pools = useResource<{ items: Pool[] }>('pools', {
    kinds: ['pool', 'desktop', 'template', 'session'],
  });
  const templates = useResource<{ items: Template[] }>('templates', { kinds: ['template'] });
  const isAdmin = user.role === 'admin';
  const nameOf = (id: string): string => templates.value?.items.find((each) => each.id === id)?.name ?? id;
  const items =
    pools.value && templates.value && byName(pools.value.items, ({ template }) => nameOf(template));

  return (
    <Page
      title="Pools"
      lead="Warm desktops run and are given at once; cold ones are made and stopped, and become warm when many are wanted."
    >
      <ProblemNotice error={pools.error ?? templates.error} />
      {items?.length === 0 && (
        <Empty title="No pools yet" icon="levels">
          Each template has its pool. <Link href="/templates">Make a template</Link>, then say here how many
          of its desktops shall stand ready.
        </Empty>
      )}
      {items && items.length > 0 && (
        <Table
          label="Pools"
          columns={['Template', 'Now', ...poolFields.map(({ column }) => column)]}
          hasActions={isAdmin}
          className="pools-table"
        >
          {items.map((pool) => (
            <PoolRow key={pool.template} pool={pool} name={nameOf(pool.template)} isAdmin={isAdmin} />
          ))}
        </Table>
      )}
    </Page>
  );
}
