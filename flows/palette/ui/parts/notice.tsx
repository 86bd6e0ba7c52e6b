import { defineComponent } from 'vue';

/** A sentence that stands out, in a tone. */
export const Notice = defineComponent({
  name: 'HomeroomNotice',
  props: { tone: { type: String, default: '' } },
  setup(props, { slots }) {
    return () => (
      <p class="notice" data-tone={props.tone} role="status">
        {slots.default?.()}
      </p>
    );
  },
});
