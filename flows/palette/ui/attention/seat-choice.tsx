import type { WallSeat } from '@homeroom/protocol';
import { defineComponent, type PropType } from 'vue';

/** For whom: the whole room, or the seats that are ticked. */
export const SeatChoice = defineComponent({
  name: 'SeatChoice',
  props: {
    seats: { type: Array as PropType<readonly WallSeat[]>, required: true },
    picked: { type: Object as PropType<ReadonlySet<string>>, required: true },
  },
  emits: { pick: (next: ReadonlySet<string>) => next instanceof Set },
  setup(props, { emit }) {
    const toggle = (seat: string): void => {
      const next = new Set(props.picked);
      if (!next.delete(seat)) next.add(seat);
      emit('pick', next);
    };
    return () => (
      <details class="hr-card">
        <summary class="hr-for">
          <h2>{forWords(props.seats, props.picked)}</h2>
          <span class="hr-hint">Choose seats</span>
        </summary>
        <div class="hr-choices">
          <label class="hr-choice">
            <input
              type="checkbox"
              checked={props.picked.size === 0}
              onChange={() => emit('pick', new Set())}
            />
            {`The whole room (${props.seats.length})`}
          </label>
          {props.seats.map(({ seat, name, session, isLocked }) => (
            <label key={seat} class="hr-choice">
              <input type="checkbox" checked={props.picked.has(seat)} onChange={() => toggle(seat)} />
              {name}
              {session && <small>{session.displayName}</small>}
              {isLocked && <small>locked</small>}
            </label>
          ))}
        </div>
      </details>
    );
  },
});

function forWords(seats: readonly WallSeat[], picked: ReadonlySet<string>): string {
  if (picked.size === 0) return `For the whole room (${seats.length} seats)`;
  const names = seats.filter(({ seat }) => picked.has(seat)).map(({ name }) => name);
  return `For ${names.join(', ')}`;
}
