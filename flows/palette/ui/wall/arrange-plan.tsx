import type { WallSeat } from '@homeroom/protocol';
import { request } from '@homeroom/web/shared/api/request.ts';
import { defineComponent, nextTick, type PropType, ref, shallowRef } from 'vue';
import { useDesk } from '../desk/desk.ts';
import { type Cell, latticeOf, movedTo, positionOf } from './lattice.ts';

const steps: Readonly<Record<string, Cell>> = {
  ArrowLeft: { column: -1, row: 0 },
  ArrowRight: { column: 1, row: 0 },
  ArrowUp: { column: 0, row: -1 },
  ArrowDown: { column: 0, row: 1 },
};

/** Put the seats where they stand in the room: by drag, or with the arrow keys. Nothing is kept before it is saved. */
export const ArrangePlan = defineComponent({
  name: 'ArrangePlan',
  props: {
    seats: { type: Array as PropType<readonly WallSeat[]>, required: true },
    room: { type: String, required: true },
  },
  emits: ['done'],
  setup(props, { emit }) {
    const { run } = useDesk();
    const lattice = shallowRef(latticeOf(props.seats));
    const dragged = ref<string>();
    const stage = ref<HTMLElement>();

    const put = (seat: string, to: Cell): void => {
      lattice.value = movedTo(lattice.value, seat, to);
    };
    const step = (event: KeyboardEvent, seat: string): void => {
      const by = steps[event.key];
      const at = lattice.value.cells.get(seat);
      if (!by || !at) return;
      event.preventDefault();
      put(seat, { column: at.column + by.column, row: at.row + by.row });
      void nextTick(() => stage.value?.querySelector<HTMLElement>(`[data-id="${seat}"]`)?.focus());
    };
    const drop = (event: DragEvent): void => {
      const box = stage.value?.getBoundingClientRect();
      if (dragged.value === undefined || !box) return;
      event.preventDefault();
      const { columns, rows } = lattice.value;
      const column = Math.floor(((event.clientX - box.left) / box.width) * columns);
      const row = Math.floor(((event.clientY - box.top) / box.height) * rows);
      put(dragged.value, { column, row });
      dragged.value = undefined;
    };
    const save = async (
      seats: readonly { seat: string; position: unknown }[],
      done: string,
    ): Promise<void> => {
      const saved = await run(() => request('PUT', `rooms/${props.room}/plan`, { body: { seats } }), done);
      if (saved) emit('done');
    };
    const saveAll = (): Promise<void> =>
      save(
        [...lattice.value.cells].map(([seat, cell]) => ({ seat, position: positionOf(cell, lattice.value) })),
        'The plan is saved.',
      );
    const clear = (): Promise<void> =>
      save(
        props.seats.map(({ seat }) => ({ seat, position: null })),
        'The seats stand by name again.',
      );

    return () => (
      <div class="hr-arrange">
        <p class="hr-hint">
          Drag seats to where they stand, or move the chosen one with the arrow keys. The front of the room is
          at the top.
        </p>
        <div
          class="hr-lattice"
          role="application"
          aria-label="The room, seen from above"
          ref={stage}
          style={{ '--columns': lattice.value.columns, '--rows': lattice.value.rows }}
          onDragover={(event: DragEvent) => dragged.value && event.preventDefault()}
          onDrop={drop}
        >
          {props.seats.map(({ seat, name }) => {
            const cell = lattice.value.cells.get(seat) ?? { column: 0, row: 0 };
            return (
              <button
                key={seat}
                type="button"
                class="hr-place"
                data-id={seat}
                draggable={true}
                style={{ gridColumn: cell.column + 1, gridRow: cell.row + 1 }}
                aria-label={`${name}, column ${cell.column + 1}, row ${cell.row + 1}; arrow keys move it`}
                onDragstart={(event: DragEvent) => {
                  dragged.value = seat;
                  event.dataTransfer?.setData('text/plain', name);
                }}
                onKeydown={(event: KeyboardEvent) => step(event, seat)}
              >
                {name}
              </button>
            );
          })}
        </div>
        <p class="hr-bar">
          <button type="button" class="button primary" onClick={() => void saveAll()}>
            Save the plan
          </button>
          <button type="button" class="button" onClick={() => void clear()}>
            Forget the plan
          </button>
          <button type="button" class="button quiet" onClick={() => emit('done')}>
            Cancel
          </button>
        </p>
      </div>
    );
  },
});
