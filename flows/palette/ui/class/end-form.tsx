import type { ClassRun } from '@homeroom/protocol';
import { request } from '@homeroom/web/shared/api/request.ts';
import { defineComponent, type PropType, ref } from 'vue';
import { useDesk } from '../desk/desk.ts';
import { checkField, selectField } from '../parts/field.tsx';

const warnings = [
  { value: '0', label: 'at once' },
  { value: '60', label: 'after 1 minute' },
  { value: '300', label: 'after 5 minutes' },
  { value: '600', label: 'after 10 minutes' },
];

/** End the class: students are told, with a countdown; then desktops end, screens go off, computers shut down. */
export const EndForm = defineComponent({
  name: 'EndForm',
  props: {
    room: { type: String, required: true },
    /** What is under way in the room; an end cancels a start. */
    running: { type: String as PropType<ClassRun['kind'] | null>, default: null },
  },
  emits: ['ending'],
  setup(props, { emit }) {
    const { run, ask } = useDesk();
    const warnS = ref('60');
    const powerOff = ref(true);
    const end = async (): Promise<void> => {
      const when = warnings.find(({ value }) => value === warnS.value)?.label ?? '';
      const isSure = await ask({
        title: 'End the class?',
        text: `${props.running === 'start' ? 'The start that is under way is cancelled. ' : ''}Every desktop of this room ends ${when}; what is not saved then is lost.${
          powerOff.value ? ' Then the computers are shut down, and their power goes off.' : ''
        }`,
        confirmLabel: 'End the class',
      });
      if (!isSure) return;
      const body = { warnS: Number(warnS.value), powerOff: powerOff.value };
      const ending = await run(
        () => request('POST', `rooms/${props.room}/stop`, { body }),
        'The class ends; students see a countdown.',
      );
      if (ending) emit('ending');
    };
    return () => (
      <form
        class="hr-card"
        onSubmit={(event: Event) => {
          event.preventDefault();
          void end();
        }}
      >
        <h2>End the class</h2>
        {selectField('Desktops end', warnS, warnings)}
        {checkField('Shut the computers down and switch their power off', powerOff)}
        <p class="hr-bar">
          <button type="submit" class="button danger" disabled={props.running === 'end'}>
            End the class
          </button>
        </p>
      </form>
    );
  },
});
