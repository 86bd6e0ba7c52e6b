import type { Room, RoomWall } from '@homeroom/protocol';
import { byName } from '@homeroom/web/shared/words/by-name.ts';
import { computed, shallowRef } from 'vue';
import { defineWidget } from '../desk/define-widget.tsx';
import { useDesk } from '../desk/desk.ts';
import { useResource } from '../desk/use-resource.ts';
import { BroadcastCard } from './broadcast-card.tsx';
import { FilesCard } from './files-card.tsx';
import { MessageCard } from './message-card.tsx';
import { ScreensCard } from './screens-card.tsx';
import { SeatChoice } from './seat-choice.tsx';

/** Get the attention of a room, or of some of it: lock, message, page, broadcast, files, sound. */
export const HomeroomAttention = defineWidget('HomeroomAttention', { setup: setUpAttention });

function setUpAttention() {
  const { room } = useDesk();
  const wall = useResource<RoomWall>(
    () => room.value && `rooms/${room.value.id}/wall`,
    ['device', 'seat', 'room', 'session', 'broadcast', 'message'],
  );
  const seats = computed(() => byName(wall.value.value?.seats ?? [], ({ name }) => name));
  const picked = shallowRef<ReadonlySet<string>>(new Set());
  /** Absent means all of the room, also for seats that come later. */
  const chosen = computed(() => {
    const some = seats.value.filter(({ seat }) => picked.value.has(seat)).map(({ seat }) => seat);
    return some.length === 0 ? undefined : some;
  });

  return ({ room: shown }: { readonly room: Room }) => {
    if (!wall.value.value) return <p class="hr-quiet">{wall.error.value?.title ?? 'One moment …'}</p>;
    const common = { room: shown.id, seats: chosen.value };
    return (
      <div class="hr-wall">
        <SeatChoice
          seats={seats.value}
          picked={picked.value}
          onPick={(next: ReadonlySet<string>) => {
            picked.value = next;
          }}
        />
        <div class="hr-cards">
          <ScreensCard {...common} wall={seats.value} />
          <MessageCard {...common} />
          <BroadcastCard {...common} wall={seats.value} broadcast={wall.value.value.broadcast} />
          <FilesCard {...common} />
        </div>
      </div>
    );
  };
}
