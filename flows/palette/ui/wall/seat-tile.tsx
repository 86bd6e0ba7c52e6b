import type { WallSeat } from '@homeroom/protocol';
import { defineComponent, type PropType, ref } from 'vue';
import { SeatPicture } from './seat-picture.tsx';
import { deskWords, personWords, seatMarks, seatState } from './seat-words.ts';

/** What a dragged session is told by. */
const sessionType = 'application/x-homeroom-session';
/** More would make a tile high; the opened seat and screen readers get all. */
const maxMarks = 3;

/** One seat of the wall: a button that opens it, a thing to drag its session from, and a place to drop one. */
export const SeatTile = defineComponent({
  name: 'SeatTile',
  props: {
    seat: { type: Object as PropType<WallSeat>, required: true },
    now: { type: Date, required: true },
  },
  emits: { open: () => true, sessionDropped: (session: string) => session !== '' },
  setup(props, { emit }) {
    const isOver = ref(false);
    const mayDrop = (event: DragEvent): boolean =>
      props.seat.session === null &&
      props.seat.device !== null &&
      (event.dataTransfer?.types.includes(sessionType) ?? false);
    const drag = {
      onDragstart: (event: DragEvent) => {
        const { session } = props.seat;
        if (!session || !event.dataTransfer) return event.preventDefault();
        event.dataTransfer.setData(sessionType, session.id);
        event.dataTransfer.effectAllowed = 'move';
      },
      onDragover: (event: DragEvent) => {
        if (!mayDrop(event)) return;
        event.preventDefault();
        isOver.value = true;
      },
      onDragleave: () => {
        isOver.value = false;
      },
      onDrop: (event: DragEvent) => {
        isOver.value = false;
        if (!mayDrop(event)) return;
        event.preventDefault();
        emit('sessionDropped', event.dataTransfer?.getData(sessionType) ?? '');
      },
    };
    return () => {
      const { seat, now } = props;
      const state = seatState(seat);
      const marks = seatMarks(seat);
      return (
        <button
          type="button"
          class={['hr-tile', isOver.value ? 'over' : '']}
          data-tone={state.tone}
          data-seat={seat.name}
          draggable={seat.session !== null}
          aria-label={`${seat.name}: ${state.words}, ${personWords(seat)}${marks.map(({ words }) => `, ${words}`).join('')}`}
          title={seat.session ? 'Open; drag to another seat to move the desktop there' : 'Open'}
          onClick={() => emit('open')}
          {...drag}
        >
          <span class="hr-tile-head">
            <strong>{seat.name}</strong>
            <span class="badge" data-tone={state.tone}>
              {state.words}
            </span>
          </span>
          <SeatPicture device={seat.device} name={seat.name} isOn={seat.connection === 'ready'} />
          <span class="hr-tile-person" data-empty={seat.session === null}>
            <span>{personWords(seat)}</span>
            <small>{deskWords(seat, now)}</small>
          </span>
          <span class="hr-tile-marks">
            {marks.slice(0, maxMarks).map(({ words, tone }) => (
              <span key={words} class="badge" data-tone={tone}>
                {words}
              </span>
            ))}
            {marks.length > maxMarks && <span class="badge">{`+ ${marks.length - maxMarks}`}</span>}
          </span>
        </button>
      );
    };
  },
});
