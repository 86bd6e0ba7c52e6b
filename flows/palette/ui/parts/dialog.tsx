import { defineComponent, onMounted, ref } from 'vue';

export interface DialogProps {
  readonly title: string;
  readonly shape?: 'box' | 'wide' | 'stage';
  readonly onClose: () => void;
}

/** A modal dialog: Escape and a click beside it close it; the element with `data-autofocus` has the focus first. */
export const Dialog = defineComponent({
  name: 'HomeroomDialog',
  props: { title: { type: String, required: true }, shape: { type: String, default: 'box' } },
  emits: ['close'],
  setup(props, { slots, emit }) {
    const element = ref<HTMLDialogElement>();
    onMounted(() => {
      element.value?.showModal();
      element.value?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    });
    return () => (
      <dialog
        ref={element}
        class={`dialog ${props.shape}`}
        aria-label={props.title}
        onCancel={(event: Event) => {
          event.preventDefault();
          emit('close');
        }}
        onPointerdown={(event: PointerEvent) => {
          if (event.target === element.value) emit('close');
        }}
      >
        <div class="dialog-content">
          <header class="dialog-head">
            <h2>{props.title}</h2>
            <button type="button" class="button quiet" onClick={() => emit('close')}>
              Close
            </button>
          </header>
          {slots.default?.()}
        </div>
      </dialog>
    );
  },
});
