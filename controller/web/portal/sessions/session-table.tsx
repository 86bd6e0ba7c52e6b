import type { Session } from '@homeroom/protocol';
import { Table } from '../shell/table.tsx';
import type { SessionNames } from './session-names.ts';
import { SessionRow } from './session-row.tsx';

/** Sessions in a table, each with what may be done with it. */
export function SessionTable({ sessions, names }: { sessions: readonly Session[]; names: SessionNames }) {
  return (
    <Table label="Sessions" columns={['Person', 'Desktop', 'State', 'Where', 'Started']} hasActions>
      {sessions.map((session) => (
        <SessionRow key={session.id} session={session} names={names} />
      ))}
    </Table>
  );
}
