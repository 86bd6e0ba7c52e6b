import type { ClassRun } from '@homeroom/protocol';
import { byName } from '@homeroom/web/shared/words/by-name.ts';
import { defineComponent, type PropType } from 'vue';
import { badge } from '../parts/badge.tsx';
import { deadlineWords, stateOf, stepOf, timeWords } from './run-words.ts';

/** A row for each seat of a run: where it stands, since when, until when, and why not. */
export const RunTable = defineComponent({
  name: 'RunTable',
  props: {
    run: { type: Object as PropType<ClassRun>, required: true },
    now: { type: Date, required: true },
  },
  emits: { retry: (seat: string) => seat !== '' },
  setup(props, { emit }) {
    return () => (
      <div class="hr-table-frame">
        <table class="hr-table hr-run">
          <thead>
            <tr>
              {['Seat', 'Student', 'State', 'Step', 'For', 'Given up', 'Why', ''].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {inOrder(props.run).map((seat) => {
              const { words, tone } = stateOf(seat);
              return (
                <tr key={seat.seat} data-state={seat.state} data-seat={seat.seatName}>
                  <td>
                    <strong>{seat.seatName}</strong>
                  </td>
                  <td>{seat.student?.displayName ?? 'whoever signs in'}</td>
                  <td>{badge(words, tone)}</td>
                  <td class="hr-whole">{stepOf(seat)}</td>
                  <td class="hr-whole">{timeWords(seat, props.now)}</td>
                  <td class="hr-whole">{deadlineWords(seat, props.now)}</td>
                  <td>{seat.reason ?? ''}</td>
                  <td class="hr-actions">
                    {seat.state === 'failed' ? (
                      <button type="button" class="button" onClick={() => emit('retry', seat.seat)}>
                        {seat.retries === 0 ? 'Try again' : `Try again (${seat.retries + 1}.)`}
                      </button>
                    ) : undefined}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    );
  },
});

/** By name while it runs, so that no row moves under the hand; then what failed comes first. */
function inOrder({ seats, state }: ClassRun): ClassRun['seats'] {
  const sorted = byName(seats, ({ seatName }) => seatName);
  if (state === 'running') return sorted;
  const isFailed = (seat: ClassRun['seats'][number]): boolean => seat.state === 'failed';
  return [...sorted.filter(isFailed), ...sorted.filter((seat) => !isFailed(seat))];
}
