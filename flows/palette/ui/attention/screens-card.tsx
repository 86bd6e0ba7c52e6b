import type { SeatOutcomes, WallSeat } from '@homeroom/protocol';
import { request } from '@homeroom/web/shared/api/request.ts';
import { defineComponent, type PropType, ref } from 'vue';
import { useDesk } from '../desk/desk.ts';
import { selectField, textField } from '../parts/field.tsx';
import { outcomeWords } from './outcome-words.ts';

const spans = [
  { value: '300', label: '5 minutes' },
  { value: '900', label: '15 minutes' },
  { value: '2700', label: '45 minutes' },
  { value: '5400', label: '90 minutes' },
];

/** Lock, mute, open a page: each ends again by a button, and a lock by itself. */
export const ScreensCard = defineComponent({
  name: 'ScreensCard',
  props: {
    room: { type: String, required: true },
    seats: { type: Array as PropType<string[] | undefined>, default: undefined },
    wall: { type: Array as PropType<readonly WallSeat[]>, required: true },
  },
  setup(props) {
    const { run, tell } = useDesk();
    const forS = ref('2700');
    const url = ref('');
    const send = async (path: string, body: object, done: string): Promise<void> => {
      const seats = props.seats && { seats: props.seats };
      const outcome = await run(() =>
        request<SeatOutcomes>('POST', `rooms/${props.room}/${path}`, { body: { ...body, ...seats } }),
      );
      if (outcome) tell({ tone: 'good', text: `${done}: ${outcomeWords(outcome.value)}` });
    };
    const concerned = (): readonly WallSeat[] =>
      props.wall.filter(({ seat }) => props.seats === undefined || props.seats.includes(seat));
    const count = (is: (seat: WallSeat) => boolean): string => {
      const all = concerned();
      return `${all.filter(is).length} of ${all.length}`;
    };

    const refusing = (): string =>
      concerned()
        .flatMap(({ pageFault, name }) => (pageFault ? [name] : []))
        .join(', ');

    return () => (
      <section class="hr-card" aria-label="Screens">
        <h2>Screens</h2>
        <p class="hr-hint">
          A locked seat shows a calm page and takes no input; its desktop goes on behind it.
        </p>
        <div class="hr-inline">
          {selectField('Lock for', forS, spans)}
          <button
            type="button"
            class="button primary"
            onClick={() => void send('lock', { on: true, forS: Number(forS.value) }, 'Locked')}
          >
            Lock
          </button>
          <button type="button" class="button" onClick={() => void send('lock', { on: false }, 'Unlocked')}>
            Unlock
          </button>
        </div>
        <p class="hr-hint" data-count="locked">{`${count(({ isLocked }) => isLocked)} locked`}</p>
        <form
          class="hr-inline"
          onSubmit={(event: Event) => {
            event.preventDefault();
            void send('open', { url: url.value.trim() }, 'Opened');
          }}
        >
          {textField({
            label: 'Open a page',
            value: url,
            maxLength: 2000,
            placeholder: 'https://…',
            type: 'url',
          })}
          <button type="submit" class="button" disabled={url.value.trim() === ''}>
            Open
          </button>
          <button type="button" class="button" onClick={() => void send('open', { url: null }, 'Closed')}>
            Close the page
          </button>
        </form>
        {refusing() !== '' && (
          <p class="hr-fault" role="status">{`The page is refused at ${refusing()}; the wall tells why.`}</p>
        )}
        <div class="hr-bar">
          <span class="hr-summary">{`Sound: ${count(({ isMuted }) => isMuted)} muted`}</span>
          <button type="button" class="button" onClick={() => void send('mute', { on: true }, 'Muted')}>
            Mute
          </button>
          <button
            type="button"
            class="button"
            onClick={() => void send('mute', { on: false }, 'Sound is on')}
          >
            Sound on
          </button>
        </div>
      </section>
    );
  },
});
