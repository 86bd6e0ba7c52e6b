import { type Session, sessionStates } from '@homeroom/protocol';
import { type ReactNode, useState } from 'react';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { SelectField } from '../../shared/ui/select-field.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { byName } from '../../shared/words/by-name.ts';
import { sessionState } from '../../shared/words/session-words.ts';
import { Empty } from '../shell/empty.tsx';
import { MoreButton } from '../shell/more-button.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { useFirst } from '../shell/use-first.ts';
import { everySession, matches, type SessionFilter, type SessionNames } from './session-names.ts';
import { SessionTable } from './session-table.tsx';

export interface SessionListProps {
  readonly names: SessionNames;
  /** The choice between those of now and those that ended. */
  readonly which: ReactNode;
}

/** Sessions of now, live. */
export function LiveSessions({ names, which }: SessionListProps) {
  const sessions = useResource<{ items: Session[] }>('sessions?state=live', { kinds: ['session'] });
  const [filter, setFilter] = useState(everySession);
  const items = sessions.value?.items ?? [];
  const found = items.filter((session) => matches(session, filter, names));
  const { shown, hasMore, more } = useFirst(found);
  if (sessions.value && items.length === 0)
    return (
      <>
        <div className="filters">{which}</div>
        <Empty title="Nobody uses a desktop" icon="people">
          A session appears here as soon as somebody chooses a desktop, at a seat or in the portal.
        </Empty>
      </>
    );
  return (
    <>
      <ProblemNotice error={sessions.error} />
      <search className="filters" aria-label="Sessions">
        {which}
        <Filters filter={filter} names={names} onChange={setFilter} />
      </search>
      <p role="status" className={found.length > 0 ? 'visually-hidden' : undefined}>
        {sessions.value && `${found.length} of ${items.length} sessions match.`}
      </p>
      {found.length > 0 && <SessionTable sessions={shown} names={names} />}
      <MoreButton shown={shown.length} total={found.length} hasMore={hasMore} onMore={more} />
    </>
  );
}

function Filters({
  filter,
  names,
  onChange,
}: {
  filter: SessionFilter;
  names: SessionNames;
  onChange: (filter: SessionFilter) => void;
}) {
  const choices = [
    {
      field: 'template',
      label: 'Desktop',
      all: 'all desktops',
      of: byName(names.templates, ({ name }) => name),
    },
    { field: 'room', label: 'Room', all: 'all rooms', of: byName(names.rooms, ({ name }) => name) },
    { field: 'state', label: 'State', all: 'all states', of: liveStates },
  ] as const;
  return (
    <>
      <TextField
        label="Person"
        type="search"
        value={filter.person}
        autoComplete="off"
        onChange={({ target }) => onChange({ ...filter, person: target.value })}
      />
      {choices.map(({ field, label, all, of }) => (
        <SelectField
          key={field}
          label={label}
          value={filter[field]}
          onChange={({ target }) => onChange({ ...filter, [field]: target.value })}
        >
          <option value="">{all}</option>
          {of.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      ))}
    </>
  );
}

const liveStates = sessionStates
  .filter((state) => state !== 'ended')
  .map((state) => ({ id: state, name: sessionState(state).words }));
