import type { JoinTokenResource, Room } from '@homeroom/protocol';
import { useState } from 'react';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { Empty } from '../shell/empty.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { JoinTokenRow } from './join-token-row.tsx';
import { NewTokenDialog } from './new-token-dialog.tsx';

/** Join tokens: make, list, withdraw. */
export function JoinTokens() {
  const tokens = useResource<{ items: JoinTokenResource[] }>('join-tokens', { kinds: ['join-token'] });
  const rooms = useResource<{ items: Room[] }>('rooms', { kinds: ['room'] });
  const [isMaking, setMaking] = useState(false);
  const items = tokens.value?.items;
  const roomName = (id: string | null): string =>
    rooms.value?.items.find((room) => room.id === id)?.name ?? 'any room';

  return (
    <section className="section" aria-labelledby="tokens-title">
      <header className="page-head">
        <h2 id="tokens-title">Join tokens</h2>
        <button type="button" className="button" onClick={() => setMaking(true)}>
          <Icon name="plus" size={18} /> Make a token
        </button>
      </header>
      <ProblemNotice error={tokens.error} />
      {items?.length === 0 && (
        <Empty title="No tokens" icon="key">
          A token lets an agent come in by itself and tells it which controller to trust. Make one per room.
        </Empty>
      )}
      {items && items.length > 0 && (
        <div className="table-frame card">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Token</th>
                <th scope="col">For</th>
                <th scope="col">Good for</th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((token) => (
                <JoinTokenRow key={token.id} token={token} room={roomName(token.room)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isMaking && <NewTokenDialog rooms={rooms.value?.items ?? []} onClose={() => setMaking(false)} />}
    </section>
  );
}
