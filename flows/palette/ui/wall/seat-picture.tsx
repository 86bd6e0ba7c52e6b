import { defineComponent, inject, onBeforeUnmount, onMounted, type PropType, ref, watch } from 'vue';
import type { Watch } from './pictures.ts';
import { picturesKey } from './pictures-key.ts';

/** What a seat shows now; its place is kept while there is no picture, so that nothing jumps. */
export const SeatPicture = defineComponent({
  name: 'SeatPicture',
  props: {
    /** Null where there is none. */
    device: { type: String as PropType<string | null>, default: null },
    name: { type: String, required: true },
    isOn: { type: Boolean, required: true },
  },
  setup(props) {
    const pictures = inject(picturesKey);
    const frame = ref<HTMLElement>();
    const isVisible = ref(false);
    const source = ref<string>();
    const hasFailed = ref(false);
    let place: Watch | undefined;
    const leave = (): void => {
      place?.end();
      place = undefined;
      source.value = undefined;
      hasFailed.value = false;
    };
    const observer = new IntersectionObserver(([entry]) => {
      isVisible.value = entry?.isIntersecting ?? false;
      place?.setVisible(isVisible.value);
    });
    onMounted(() => {
      if (frame.value) observer.observe(frame.value);
    });
    watch(
      () => (props.isOn ? props.device : null),
      (device) => {
        leave();
        if (device === null) return;
        place = pictures?.watch(device, (picture) => {
          source.value = picture?.url;
          hasFailed.value = picture === undefined;
        });
        place?.setVisible(isVisible.value);
      },
      { immediate: true },
    );
    onBeforeUnmount(() => {
      observer.disconnect();
      leave();
    });
    return () => (
      <div class="hr-picture" ref={frame}>
        {source.value ? (
          <img src={source.value} alt={`What ${props.name} shows now`} draggable={false} />
        ) : (
          <span>{props.isOn && !hasFailed.value ? 'One moment …' : 'No picture'}</span>
        )}
      </div>
    );
  },
});
