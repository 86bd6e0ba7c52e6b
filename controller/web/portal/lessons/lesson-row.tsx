import type { Lesson } from '@homeroom/protocol';
import { useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { useConfirm } from '../confirm/confirm-provider.tsx';
import { useAction } from '../toasts/use-action.ts';
import { CollectionDialog } from './collection-dialog.tsx';
import { LessonDialog } from './lesson-dialog.tsx';
import { stateWords } from './lesson-words.ts';
import { type Choices, nameIn } from './use-choices.ts';
import { timeText } from './week.ts';

/** One lesson of a week. */
export function LessonRow({ lesson, choices }: { lesson: Lesson; choices: Choices }) {
  const [open, setOpen] = useState<'change' | 'collection'>();
  const state = stateWords(lesson, Date.now());
  const isOver = state === 'over';
  return (
    <tr>
      <th scope="row">
        {timeText(new Date(lesson.startsAt))}–{timeText(new Date(lesson.endsAt))}
        <small>{lesson.name}</small>
      </th>
      <td data-label="For">
        {nameIn(choices.groups, lesson.group)}
        {lesson.room !== null && <small>{nameIn(choices.rooms, lesson.room)}</small>}
      </td>
      <td data-label="Desktops">
        {lesson.need} × {nameIn(choices.templates, lesson.template)}
      </td>
      <td data-label="State">
        {state}
        {lesson.exam && <small>exam</small>}
        {lesson.automatic && <small>starts by itself</small>}
      </td>
      <td className="actions">
        <div className="row-actions">
          {lesson.exam && isOver && (
            <button type="button" className="button" onClick={() => setOpen('collection')}>
              Collected files
            </button>
          )}
          {!isOver && (
            <button type="button" className="button" onClick={() => setOpen('change')}>
              Change
            </button>
          )}
          {!isOver && <CancelButton lesson={lesson} />}
        </div>
        {open === 'change' && (
          <LessonDialog lesson={lesson} choices={choices} onClose={() => setOpen(undefined)} />
        )}
        {open === 'collection' && <CollectionDialog lesson={lesson} onClose={() => setOpen(undefined)} />}
      </td>
    </tr>
  );
}

function CancelButton({ lesson: { id, name, cancelledAt } }: { lesson: Lesson }) {
  const confirm = useConfirm();
  const changing = useAction();
  const set = (cancelled: boolean, done: string) =>
    changing.run(() => request('PATCH', `lessons/${id}`, { body: { cancelled } }), done);
  const cancel = async (): Promise<void> => {
    const isSure = await confirm({
      title: `Cancel ${name}?`,
      text: 'No desktops are kept for it. Whoever works in one goes on.',
      confirmLabel: 'Cancel the lesson',
    });
    if (isSure) await set(true, `${name} is cancelled.`);
  };
  if (cancelledAt !== null) {
    return (
      <button
        type="button"
        className="button"
        disabled={changing.isBusy}
        onClick={() => void set(false, `${name} takes place.`)}
      >
        Hold it after all
      </button>
    );
  }
  return (
    <button type="button" className="button danger" disabled={changing.isBusy} onClick={() => void cancel()}>
      Cancel it
    </button>
  );
}
