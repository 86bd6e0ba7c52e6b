import type { AuditEntry } from '@homeroom/protocol';
import { useState } from 'react';
import { usePaged } from '../../shared/hooks/use-paged.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { Empty } from '../shell/empty.tsx';
import { MoreButton } from '../shell/more-button.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { Table } from '../shell/table.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { type AuditFilter, auditPath } from './audit-query.ts';
import { AuditRow } from './audit-row.tsx';
import { ChainNotice } from './chain-notice.tsx';
import './audit-page.css';

/** Who changed what, from what to what, the latest first. */
export function AuditPage() {
  const [filter, setFilter] = useState<AuditFilter>({});
  const { items, error, hasMore, isBusy, more, again } = usePaged<AuditEntry>(auditPath('audit', filter));
  const exportHref = (format: string): string => `/api/v1/${auditPath('audit/export', filter, { format })}`;
  return (
    <Page
      title="Audit"
      lead="Every change that a person made. Entries are chained, so that a removed or changed one shows."
      actions={
        <>
          <a className="button" href={exportHref('csv')} download>
            <Icon name="download" size={18} /> As CSV
          </a>
          <a className="button" href={exportHref('ndjson')} download>
            <Icon name="download" size={18} /> As JSON lines
          </a>
        </>
      }
    >
      <ChainNotice />
      <AuditFilters
        isBusy={isBusy}
        onLook={(next) => {
          // The same question asked once more is a wish for what is new.
          if (auditPath('audit', next) === auditPath('audit', filter)) again();
          else setFilter(next);
        }}
      />
      <ProblemNotice error={error} />
      {items?.length === 0 && (
        <Empty title="No entry matches" icon="details">
          Take a filter away. An action is named as <code>room.rename</code>; <code>room</code> alone finds
          all that begin so.
        </Empty>
      )}
      {items && items.length > 0 && (
        <Table label="Audit log" columns={['When', 'Who', 'What', 'Changed']} className="audit-table">
          {items.map((entry) => (
            <AuditRow key={entry.id} entry={entry} />
          ))}
        </Table>
      )}
      <MoreButton shown={items?.length ?? 0} hasMore={hasMore} isBusy={isBusy} onMore={more} />
    </Page>
  );
}
