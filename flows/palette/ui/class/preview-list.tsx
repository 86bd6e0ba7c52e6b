import type { ClassPreview } from '@homeroom/protocol';
import { defineComponent, type PropType } from 'vue';

/** What a start will do, seat by seat, and what stands in its way. */
export const PreviewList = defineComponent({
  name: 'PreviewList',
  props: { preview: { type: Object as PropType<ClassPreview>, required: true } },
  setup(props) {
    return () => {
      const { seats, desktops, withoutSeat, problems } = props.preview;
      const { needed, ready, possible } = desktops;
      return (
        <div class="hr-preview" role="status">
          <p class={possible < needed ? 'notice' : ''} data-tone={possible < needed ? 'warn' : undefined}>
            {`Desktops: ${needed} needed, ${ready} ready now, ${possible} possible.`}
          </p>
          {problems.map((problem) => (
            <p key={problem} class="notice" data-tone="warn">
              {problem}
            </p>
          ))}
          {withoutSeat.length > 0 && (
            <p class="notice" data-tone="warn">
              {`No seat is left for ${withoutSeat.map(({ displayName }) => displayName).join(', ')}.`}
            </p>
          )}
          <div class="hr-table-frame hr-short">
            <table class="hr-table">
              <thead>
                <tr>
                  <th scope="col">Seat</th>
                  <th scope="col">Student</th>
                  <th scope="col">What happens</th>
                </tr>
              </thead>
              <tbody>
                {seats.map((seat) => (
                  <tr key={seat.seat}>
                    <td>{seat.seatName}</td>
                    <td>{seat.student?.displayName ?? 'whoever signs in'}</td>
                    <td>
                      {seat.steps.length > 0 ? seat.steps.join(' ') : 'nothing: it is ready'}
                      {seat.problems.map((problem) => (
                        <span key={problem} class="badge" data-tone="warn">
                          {problem}
                        </span>
                      ))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      );
    };
  },
});
