import type { ListedUser, User } from '@homeroom/protocol';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Empty } from '../shell/empty.tsx';
import { whomToAsk } from './whom-to-ask.ts';

/** What stands where somebody has no room: how one comes to be, or who gives one. */
export function NoRooms({ user }: { user: User }) {
  return user.role === 'admin' ? (
    <Empty title="No rooms yet" icon="room">
      A room is a set of seats. Add one, then enrol a device with a join token for it: its seat is made by
      itself.
    </Empty>
  ) : (
    <AskForRoom user={user} />
  );
}

function AskForRoom({ user }: { user: User }) {
  const people = useResource<{ items: ListedUser[] }>('users', { kinds: ['user'] });
  return (
    <Empty title="No room is yours yet" icon="room">
      Ask {whomToAsk(people.value?.items ?? [])} to choose {user.displayName} (user name{' '}
      <span className="mono">{user.username}</span>) as a teacher on the page of your room. It appears here at
      once.
    </Empty>
  );
}
