import type { Broadcast, WallSeat } from '@homeroom/protocol';
import { request } from '@homeroom/web/shared/api/request.ts';
import { countdown } from '@homeroom/web/shared/words/time-words.ts';
import { defineComponent, type PropType, ref } from 'vue';
import { useDesk } from '../desk/desk.ts';
import { useNow } from '../desk/use-now.ts';
import { selectField } from '../parts/field.tsx';

const spans = [
  { value: '300', label: '5 minutes' },
  { value: '1800', label: '30 minutes' },
  { value: '5400', label: '90 minutes' },
];

/** Show one desktop to the room, view-only; it ends by the button, with its source, or when its time is over. */
export const BroadcastCard = defineComponent({
  name: 'BroadcastCard',
  props: {
    room: { type: String, required: true },
    seats: { type: Array as PropType<string[] | undefined>, default: undefined },
    wall: { type: Array as PropType<readonly WallSeat[]>, required: true },
    broadcast: { type: Object as PropType<Broadcast | null>, default: null },
  },
  setup(props) {
    const { run } = useDesk();
    const now = useNow(1_000);
    const source = ref('');
    const forS = ref('1800');
    const start = async (): Promise<void> => {
      const body = {
        forS: Number(forS.value),
        ...(source.value !== '' && { session: source.value }),
        ...(props.seats && { seats: props.seats }),
      };
      await run(() => request('POST', `rooms/${props.room}/broadcast`, { body }), 'The broadcast begins.');
    };
    const stop = async (id: string): Promise<void> => {
      await run(() => request('DELETE', `broadcasts/${id}`), 'The broadcast is over.');
    };
    const sources = () => [
      { value: '', label: 'My own desktop' },
      ...props.wall
        .filter(({ session }) => session?.state === 'active')
        .map(({ session, name }) => ({
          value: session?.id ?? '',
          label: `${session?.displayName} at ${name}`,
        })),
    ];

    return () => {
      const live = props.broadcast && props.broadcast.endedAt === null ? props.broadcast : undefined;
      return (
        <section class="hr-card" aria-label="Broadcast">
          <h2>Broadcast</h2>
          {live ? (
            <div class="notice hr-live" data-tone="warn" role="status">
              <p>
                <strong>{`The desktop of ${live.displayName} is shown`}</strong>
                {` at ${live.seats.filter(({ isWatching }) => isWatching).length} of ${live.seats.length} seats. It ends by itself ${
                  countdown(live.expiresAt, now.value) ? `in ${countdown(live.expiresAt, now.value)}` : 'now'
                }.`}
              </p>
              <button type="button" class="button danger primary" onClick={() => void stop(live.id)}>
                Stop the broadcast
              </button>
            </div>
          ) : (
            <p class="hr-hint">Everybody sees one desktop and can do nothing to it.</p>
          )}
          <form
            class="hr-inline"
            onSubmit={(event: Event) => {
              event.preventDefault();
              void start();
            }}
          >
            {selectField('Show', source, sources())}
            {selectField('For', forS, spans)}
            <button type="submit" class="button primary">
              {live ? 'Show this instead' : 'Show it'}
            </button>
          </form>
        </section>
      );
    };
  },
});
