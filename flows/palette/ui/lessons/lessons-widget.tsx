import type { ClassPreview, Group, Lesson, Room, Template } from '@homeroom/protocol';
import { request } from '@homeroom/web/shared/api/request.ts';
import { ref, shallowRef } from 'vue';
import { PreviewList } from '../class/preview-list.tsx';
import { defineWidget } from '../desk/define-widget.tsx';
import { useDesk } from '../desk/desk.ts';
import { useNow } from '../desk/use-now.ts';
import { useResource } from '../desk/use-resource.ts';
import { badge } from '../parts/badge.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { lessonState, lessonWords, timeOf, todayOf } from './lesson-words.ts';

interface List<T> {
  readonly items: readonly T[];
}

/** The lessons of today in a room: what each will do by itself, and the button that keeps it from doing so. */
export const HomeroomLessons = defineWidget('HomeroomLessons', { setup: setUpLessons });

function setUpLessons() {
  const { room, run, ask } = useDesk();
  const now = useNow(10_000);
  const path = (): string | undefined => {
    const { from, to } = todayOf(now.value);
    return room.value && `lessons?room=${room.value.id}&from=${from}&to=${to}`;
  };
  const lessons = useResource<List<Lesson>>(path, ['lesson']);
  const templates = useResource<List<Template>>(() => 'templates', ['template']);
  const groups = useResource<List<Group>>(() => 'groups', ['group']);
  const previewed = ref<Lesson>();
  const preview = shallowRef<ClassPreview>();

  const look = async (lesson: Lesson): Promise<void> => {
    const seen = await run(() => request<ClassPreview>('GET', `lessons/${lesson.id}/preview`));
    if (!seen) return;
    preview.value = seen.value;
    previewed.value = lesson;
  };
  const setAutomatic = async (lesson: Lesson, automatic: boolean): Promise<void> => {
    const isSure =
      automatic ||
      (await ask({
        title: `${automaticLabel(lesson, now.value)} of ${lesson.name}?`,
        text: 'The lesson stays in the timetable. Its room is neither started nor ended by itself; you can do both under Class.',
        confirmLabel: 'Stop it',
      }));
    const done = automatic ? `${lesson.name} goes by the timetable.` : `${lesson.name} waits for you.`;
    const body = { automatic };
    if (isSure && (await run(() => request('PATCH', `lessons/${lesson.id}`, { body }), done)))
      lessons.renew();
  };
  const nameOf = (
    list: List<{ id: string; name: string }> | undefined,
    id: string | null,
    none: string,
  ): string => (id === null ? none : (list?.items.find((each) => each.id === id)?.name ?? id));

  return ({ room: shown }: { readonly room: Room }) => {
    const items = (lessons.value.value?.items ?? []).toSorted((one, other) =>
      one.startsAt.localeCompare(other.startsAt),
    );
    if (!lessons.value.value) return <p class="hr-quiet">{lessons.error.value?.title ?? 'One moment …'}</p>;
    if (items.length === 0) return noLessons(shown);
    return (
      <div class="hr-wall">
        <div class="hr-table-frame">
          <table class="hr-table">
            <thead>
              <tr>
                {['Time', 'Lesson', 'Group', 'Template', 'What happens', ''].map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((lesson) => {
                const { words, tone } = lessonState(lesson, now.value);
                const isToCome =
                  now.value.getTime() < Date.parse(lesson.endsAt) && lesson.cancelledAt === null;
                return (
                  <tr key={lesson.id}>
                    <td>{`${timeOf(lesson.startsAt)}–${timeOf(lesson.endsAt)}`}</td>
                    <td>
                      <strong>{lesson.name}</strong> {lesson.exam && badge('exam', 'warn')}
                    </td>
                    <td>{nameOf(groups.value.value, lesson.group, 'whoever sits there')}</td>
                    <td>{nameOf(templates.value.value, lesson.template, '')}</td>
                    <td>{badge(words, tone)}</td>
                    <td class="hr-actions">
                      <button type="button" class="button" onClick={() => void look(lesson)}>
                        Preview
                      </button>
                      {isToCome && (
                        <button
                          type="button"
                          class={['button', lesson.automatic ? 'danger' : '']}
                          onClick={() => void setAutomatic(lesson, !lesson.automatic)}
                        >
                          {automaticLabel(lesson, now.value)}
                        </button>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
        {previewed.value && preview.value && (
          <Dialog
            title={lessonWords(previewed.value)}
            shape="wide"
            onClose={() => {
              previewed.value = undefined;
            }}
          >
            <PreviewList preview={preview.value} />
          </Dialog>
        )}
      </div>
    );
  };
}

function automaticLabel({ automatic, startsAt }: Lesson, now: Date): string {
  const isNow = now.getTime() >= Date.parse(startsAt);
  if (automatic) return isNow ? 'Stop the automatic end' : 'Stop the automatic start';
  return isNow ? 'End by itself' : 'Start by itself';
}

function noLessons({ name }: Room) {
  return (
    <div class="hr-empty">
      <h2>{name} has no lesson today</h2>
      <p>
        Lessons come from the timetable. Give a lesson its room and let it start by itself: then computers are
        switched on and desktops made before it begins, and all of it ends with the lesson.
      </p>
      <a class="button" href="/lessons">
        Open the timetable
      </a>
    </div>
  );
}
