import { defineComponent, inject, onBeforeUnmount, onMounted, type PropType, ref, watch } from 'vue';
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
    let end = (): void => undefined;
    const observer = new IntersectionObserver(([entry]) => {
      isVisible.value = entry?.isIntersecting ?? false;
    });
    onMounted(() => {
      if (frame.value) observer.observe(frame.value);
    });
    watch(
      () => (isVisible.value && props.isOn ? props.device : null),
      (device) => {
        end();
        end = () => undefined;
        if (device === null) return;
        const unwatch = pictures?.watch(device, (picture) => {
          source.value = picture?.url;
        });
        end = () => {
          source.value = undefined;
          unwatch?.();
        };
      },
    );
    onBeforeUnmount(() => {
      observer.disconnect();
      end();
    });
    return () => (
      <div class="hr-picture" ref={frame}>
        {source.value ? (
          <img src={source.value} alt={`What ${props.name} shows now`} draggable={false} />
        ) : (
          <span>{props.isOn ? 'Picture is on its way' : 'No picture'}</span>
        )}
      </div>
    );
  },
});
