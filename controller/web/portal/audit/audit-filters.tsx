import type { FormEvent } from 'react';
import { TextField } from '../../shared/ui/text-field.tsx';
import { type AuditFilter, auditFilter } from './audit-query.ts';

/** What is looked for in the audit log. */
export function AuditFilters({ isBusy, onLook }: { isBusy: boolean; onLook: (filter: AuditFilter) => void }) {
  const look = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onLook(auditFilter(new FormData(event.currentTarget)));
  };
  return (
    <search aria-label="Audit log">
      <form className="filters" onSubmit={look}>
        <TextField
          label="Who"
          name="actor"
          type="search"
          maxLength={200}
          autoComplete="off"
          placeholder="user name"
        />
        <TextField
          label="What"
          name="action"
          type="search"
          maxLength={200}
          autoComplete="off"
          placeholder="session"
        />
        <TextField
          label="Of which"
          name="subject"
          type="search"
          maxLength={200}
          autoComplete="off"
          placeholder="id"
        />
        <TextField label="From" name="since" type="datetime-local" />
        <TextField label="Until" name="until" type="datetime-local" />
        <button type="submit" className="button primary" disabled={isBusy}>
          Look
        </button>
      </form>
    </search>
  );
}
