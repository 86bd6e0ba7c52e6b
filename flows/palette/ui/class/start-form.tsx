import type { ClassPreview, Group, Lesson, Template } from '@homeroom/protocol';
import { ApiError } from '@homeroom/web/shared/api/api-error.ts';
import { request } from '@homeroom/web/shared/api/request.ts';
import { computed, defineComponent, ref, shallowRef, type WritableComputedRef } from 'vue';
import { useDesk } from '../desk/desk.ts';
import { useResource } from '../desk/use-resource.ts';
import { lessonWords, todayOf } from '../lessons/lesson-words.ts';
import { checkField, choices, selectField } from '../parts/field.tsx';
import { PreviewList } from './preview-list.tsx';

interface List<T> {
  readonly items: readonly T[];
}

/** What a class is started with: a lesson of today, or a template with or without a group. First looked at, then started. */
export const StartForm = defineComponent({
  name: 'StartForm',
  props: { room: { type: String, required: true }, isRunning: { type: Boolean, required: true } },
  emits: ['started'],
  setup(props, { emit }) {
    const { run, tell } = useDesk();
    const { from, to } = todayOf(new Date());
    const lessons = useResource<List<Lesson>>(
      () => `lessons?room=${props.room}&from=${from}&to=${to}`,
      ['lesson'],
    );
    const templates = useResource<List<Template>>(() => 'templates', ['template']);
    const groups = useResource<List<Group>>(() => 'groups', ['group']);
    const by = ref('template');
    const lesson = chosenOf(() => lessons.value.value);
    const template = chosenOf(() => templates.value.value);
    const group = ref('');
    const allowShortage = ref(false);
    const preview = shallowRef<ClassPreview>();

    const body = () =>
      by.value === 'lesson'
        ? { lesson: lesson.value, allowShortage: allowShortage.value }
        : { template: template.value, group: group.value || null, allowShortage: allowShortage.value };
    const isComplete = () => (by.value === 'lesson' ? lesson.value !== '' : template.value !== '');

    const look = async (): Promise<void> => {
      const seen = await run(() =>
        request<ClassPreview>('POST', `rooms/${props.room}/start-preview`, { body: body() }),
      );
      preview.value = seen?.value;
    };
    const start = async (): Promise<void> => {
      const started = await run(async () => {
        try {
          return await request('POST', `rooms/${props.room}/start`, { body: body() });
        } catch (caught) {
          // How many there are, and what may be done about it, stands in the preview.
          if (caught instanceof ApiError && caught.code === 'desktops_short') await look();
          throw caught;
        }
      }, 'The class starts.');
      if (!started) return;
      preview.value = undefined;
      emit('started');
    };
    const noLessons = (): boolean => (lessons.value.value?.items.length ?? 0) === 0;
    const explain = (): void => tell({ tone: 'bad', text: 'Choose what the class works with first.' });

    return () => (
      <form
        class="hr-card hr-start"
        onSubmit={(event: Event) => {
          event.preventDefault();
          void (isComplete() ? start() : explain());
        }}
      >
        <h2>Start the class</h2>
        {choices('What to start with', by, [
          { value: 'template', label: 'A template' },
          { value: 'lesson', label: 'A lesson of today' },
        ])}
        {by.value === 'lesson' && noLessons() && <p class="hr-hint">This room has no lesson today.</p>}
        {by.value === 'lesson' &&
          !noLessons() &&
          selectField(
            'Lesson',
            lesson,
            (lessons.value.value?.items ?? []).map((each) => ({ value: each.id, label: lessonWords(each) })),
          )}
        {by.value === 'template' && (
          <div class="hr-inline">
            {selectField(
              'Template',
              template,
              (templates.value.value?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
            )}
            {selectField('Group', group, [
              { value: '', label: 'Whoever signs in' },
              ...(groups.value.value?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ])}
          </div>
        )}
        {checkField('Start even with too few desktops', allowShortage)}
        <p class="hr-bar">
          <button type="submit" class="button primary" disabled={props.isRunning || !isComplete()}>
            Start
          </button>
          <button type="button" class="button" disabled={!isComplete()} onClick={() => void look()}>
            Preview
          </button>
          {props.isRunning && <span class="hr-hint">One run at a time: this room has one under way.</span>}
        </p>
        {preview.value && <PreviewList preview={preview.value} />}
      </form>
    );
  },
});

/** @returns what was chosen of a list; its first until somebody chooses */
function chosenOf(list: () => List<{ readonly id: string }> | undefined): WritableComputedRef<string> {
  const picked = ref('');
  return computed({
    get: () => picked.value || (list()?.items[0]?.id ?? ''),
    set: (id) => {
      picked.value = id;
    },
  });
}
