import type { HdmiSwitch } from '@homeroom/protocol';
import { request } from '@homeroom/web/shared/api/request.ts';
import { computed, defineComponent } from 'vue';
import { useDesk } from '../desk/desk.ts';
import { useResource } from '../desk/use-resource.ts';
import { badge } from '../parts/badge.tsx';

type Output = HdmiSwitch['outputs'][number];

/** Which input each screen of a switch or matrix shows. */
export const HdmiSwitches = defineComponent({
  name: 'HdmiSwitches',
  props: { room: { type: String, required: true } },
  setup(props) {
    const { run } = useDesk();
    const switches = useResource<{ items: HdmiSwitch[] }>(() => 'hdmi-switches', ['hdmi-switch']);
    const here = computed(() =>
      (switches.value.value?.items ?? []).filter(({ room }) => room === props.room),
    );
    const route = (to: HdmiSwitch, { output, name }: Output, event: Event): void => {
      const input = Number((event.target as HTMLSelectElement).value);
      const body = { output, input };
      void run(() => request('POST', `hdmi-switches/${to.id}/route`, { body }), `${name} changes its input.`);
    };
    return () =>
      here.value.length === 0 ? undefined : (
        <section class="hr-card" aria-label="HDMI switches">
          <h2>HDMI switches</h2>
          {here.value.map((each) => (
            <div key={each.id} class="hr-inline">
              <strong>{each.name}</strong>
              {each.outputs.map((output) => (
                <label key={output.output} class="field">
                  <span class="label">
                    {output.name} {stateBadge(output)}
                  </span>
                  <select
                    class="input"
                    value={String(output.wanted ?? output.input ?? '')}
                    onChange={(event: Event) => route(each, output, event)}
                  >
                    {output.input === null && output.wanted === null && <option value="">unknown</option>}
                    {each.inputs.map(({ input, name }) => (
                      <option key={input} value={String(input)}>
                        {`${input}: ${name}`}
                      </option>
                    ))}
                  </select>
                </label>
              ))}
            </div>
          ))}
        </section>
      );
  },
});

function stateBadge({ input, wanted, fault }: Output) {
  if (fault !== null) return badge(fault, 'bad');
  return wanted !== null && wanted !== input ? badge('switching', 'busy') : undefined;
}
