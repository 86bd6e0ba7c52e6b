import type { Room, Seat, Template } from '@homeroom/protocol';
import { useState } from 'react';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { SelectField } from '../../shared/ui/select-field.tsx';
import { Page } from '../shell/page.tsx';
import { EndedSessions } from './ended-sessions.tsx';
import { LiveSessions } from './live-sessions.tsx';
import type { SessionNames } from './session-names.ts';

/** Who uses a desktop now, and who did. */
export function SessionsPage() {
  const [isHistory, setHistory] = useState(false);
  const templates = useResource<{ items: Template[] }>('templates', { kinds: ['template'] });
  const seats = useResource<{ items: Seat[] }>('seats', { kinds: ['seat', 'room'] });
  const rooms = useResource<{ items: Room[] }>('rooms', { kinds: ['room'] });
  const names: SessionNames = {
    templates: templates.value?.items ?? [],
    seats: seats.value?.items ?? [],
    rooms: rooms.value?.items ?? [],
  };
  const which = (
    <SelectField
      label="Show"
      value={isHistory ? 'all' : 'live'}
      onChange={({ target }) => setHistory(target.value === 'all')}
    >
      <option value="live">those of now</option>
      <option value="all">those that ended, too</option>
    </SelectField>
  );
  return (
    <Page
      title="Sessions"
      lead={
        isHistory
          ? 'Everybody who had a desktop, the latest first.'
          : 'Everybody who has a desktop now, or waits for one.'
      }
    >
      {isHistory ? (
        <EndedSessions names={names} which={which} />
      ) : (
        <LiveSessions names={names} which={which} />
      )}
    </Page>
  );
}
