import type { Session } from '@homeroom/protocol';
import { type FormEvent, useState } from 'react';
import { usePaged } from '../../shared/hooks/use-paged.ts';
import { TextField } from '../../shared/ui/text-field.tsx';
import { Empty } from '../shell/empty.tsx';
import { MoreButton } from '../shell/more-button.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import type { SessionListProps } from './live-sessions.tsx';
import { SessionTable } from './session-table.tsx';

/** Sessions of all times, the latest first, of everybody or of one person. */
export function EndedSessions({ names, which }: SessionListProps) {
  const [user, setUser] = useState('');
  const path = user === '' ? 'sessions?state=all' : `sessions?state=all&user=${encodeURIComponent(user)}`;
  const { items, error, hasMore, isBusy, more } = usePaged<Session>(path, { kinds: ['session'] });
  const look = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setUser(String(new FormData(event.currentTarget).get('user')).trim());
  };
  return (
    <>
      <ProblemNotice error={error} />
      <search aria-label="Sessions">
        <form className="filters" onSubmit={look}>
          {which}
          <TextField label="User name" name="user" type="search" maxLength={64} autoComplete="off" />
          <button type="submit" className="button">
            Look
          </button>
        </form>
      </search>
      {items?.length === 0 && (
        <Empty title="No sessions" icon="clock">
          {user === ''
            ? 'Nobody has had a desktop yet.'
            : `There is none of “${user}”: the whole user name counts.`}
        </Empty>
      )}
      {items && items.length > 0 && <SessionTable sessions={items} names={names} />}
      <MoreButton shown={items?.length ?? 0} hasMore={hasMore} isBusy={isBusy} onMore={more} />
    </>
  );
}
