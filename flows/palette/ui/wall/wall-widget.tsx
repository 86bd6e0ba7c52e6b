import type { Room, RoomWall, WallSeat } from '@homeroom/protocol';
import { byName } from '@homeroom/web/shared/words/by-name.ts';
import { computed, onScopeDispose, provide, ref } from 'vue';
import { defineWidget } from '../desk/define-widget.tsx';
import { useDesk } from '../desk/desk.ts';
import { useNow } from '../desk/use-now.ts';
import { useResource } from '../desk/use-resource.ts';
import { Notice } from '../parts/notice.tsx';
import { ArrangePlan } from './arrange-plan.tsx';
import { pictureFetcher } from './fetch-picture.ts';
import { gridColumns } from './grid-columns.ts';
import { cropOf, latticeOf } from './lattice.ts';
import { Pictures } from './pictures.ts';
import { picturesKey } from './pictures-key.ts';
import { SeatPanel } from './seat-panel.tsx';
import { SeatTile } from './seat-tile.tsx';
import { roomSummary } from './seat-words.ts';
import { useSeatActions } from './use-seat-actions.ts';

const wallKinds = [
  'device',
  'seat',
  'room',
  'session',
  'relay',
  'class-run',
  'broadcast',
  'message',
] as const;

/** All seats of a room, live. */
export const HomeroomWall = defineWidget('HomeroomWall', { setup: setUpWall });

function setUpWall() {
  const desk = useDesk();
  const wall = useResource<RoomWall>(() => desk.room.value && `rooms/${desk.room.value.id}/wall`, wallKinds);
  const now = useNow(10_000);
  const opened = ref<string>();
  const isArranging = ref(false);
  const actions = useSeatActions(() => wall.value.value?.seats ?? []);
  openPictures();

  const seats = computed(() => byName(wall.value.value?.seats ?? [], ({ name }) => name));
  const openSeat = (seat: WallSeat): void => {
    opened.value = seat.seat;
  };

  return ({ room }: { readonly room: Room }) => {
    if (!wall.value.value)
      return wall.error.value ? (
        <Notice tone="bad">{wall.error.value.title}</Notice>
      ) : (
        <p class="hr-quiet">One moment …</p>
      );
    if (seats.value.length === 0) return noSeats(room);
    const panel = seats.value.find(({ seat }) => seat === opened.value);
    const isPlanned = seats.value.some(({ position }) => position !== null);
    return (
      <div class="hr-wall">
        <header class="hr-bar">
          <p class="hr-summary">{roomSummary(seats.value)}</p>
          <button
            type="button"
            class={['button', isArranging.value ? 'on' : '']}
            onClick={() => {
              isArranging.value = !isArranging.value;
            }}
          >
            {isArranging.value ? 'Stop arranging' : 'Arrange seats'}
          </button>
        </header>
        {wall.error.value && (
          <Notice tone="warn">{`${wall.error.value.title} What you see may be old.`}</Notice>
        )}
        {!isPlanned && !isArranging.value && (
          <p class="hr-hint">
            This room has no plan yet: the seats stand by name. “Arrange seats” puts them where they are in
            the room.
          </p>
        )}
        {isArranging.value ? (
          <ArrangePlan
            seats={seats.value}
            room={room.id}
            onDone={() => {
              isArranging.value = false;
              wall.renew();
            }}
          />
        ) : (
          <div
            class={isPlanned ? 'hr-plan' : 'hr-grid'}
            style={isPlanned ? planStyle(seats.value) : { '--columns': gridColumns(seats.value.length) }}
          >
            {seats.value.map((seat) => (
              <SeatTile
                key={seat.seat}
                seat={seat}
                now={now.value}
                style={isPlanned ? cellStyle(seats.value, seat) : undefined}
                onOpen={() => openSeat(seat)}
                onSessionDropped={(session: string) => void actions.moveSession(session, seat)}
              />
            ))}
          </div>
        )}
        {panel && (
          <SeatPanel
            key={panel.seat}
            seat={panel}
            seats={seats.value}
            actions={actions}
            now={now.value}
            onClose={() => {
              opened.value = undefined;
            }}
          />
        )}
      </div>
    );
  };
}

function openPictures(): void {
  const pictures = new Pictures({
    fetch: pictureFetcher(),
    nowMs: () => performance.now(),
    schedule: (run, delayMs) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    isHidden: () => document.hidden,
  });
  provide(picturesKey, pictures);
  onScopeDispose(() => pictures.stop());
}

function planStyle(seats: readonly WallSeat[]) {
  const { columns, rows } = cropOf(latticeOf(seats));
  return { '--columns': columns, '--rows': rows };
}

function cellStyle(seats: readonly WallSeat[], { seat }: WallSeat) {
  const lattice = latticeOf(seats);
  const { from } = cropOf(lattice);
  const cell = lattice.cells.get(seat) ?? from;
  return { gridColumn: cell.column - from.column + 1, gridRow: cell.row - from.row + 1 };
}

function noSeats({ name }: Room) {
  return (
    <div class="hr-empty">
      <h2>{name} has no seats yet</h2>
      <p>
        A device makes its seat when it is enrolled with a join token for this room. An administrator makes
        the token under Enrolment, and seats without a device on the room’s page.
      </p>
      <a class="button" href="/rooms">
        Open the rooms
      </a>
    </div>
  );
}
