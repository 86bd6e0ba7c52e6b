import type { Lesson } from '@homeroom/protocol';
import type { FormEvent } from 'react';
import { request } from '../../shared/api/request.ts';
import { CheckField } from '../../shared/ui/check-field.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { SelectField } from '../../shared/ui/select-field.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { useAction } from '../toasts/use-action.ts';
import { ChoiceField } from './choice-field.tsx';
import { lessonRequest } from './lesson-form.ts';
import { savedWords } from './saved-words.ts';
import type { Choices } from './use-choices.ts';
import { dayText, timeText } from './week.ts';

export interface LessonDialogProps {
  readonly choices: Choices;
  /** The one to change; a new one without. */
  readonly lesson?: Lesson;
  readonly onClose: () => void;
}

/** Make a lesson, once or by weeks, or change one. */
export function LessonDialog({ choices, lesson, onClose }: LessonDialogProps) {
  const saving = useAction();
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const { path, body } = lessonRequest(new FormData(event.currentTarget));
    const isDone = await saving.run(
      () =>
        lesson
          ? request<Lesson>('PATCH', `lessons/${lesson.id}`, { body })
          : request<Lesson>('POST', path, { body }),
      (saved) => savedWords(saved, !lesson),
    );
    if (isDone) onClose();
  };
  return (
    <Dialog title={lesson ? `Change ${lesson.name}` : 'New lesson'} onClose={onClose}>
      <form className="form" onSubmit={(event) => void save(event)}>
        <TextField
          label="Name"
          name="name"
          defaultValue={lesson?.name}
          maxLength={200}
          required
          data-autofocus
        />
        <TimeFields lesson={lesson} />
        {!lesson && <RhythmFields />}
        <ChoiceField
          label="Group"
          name="group"
          items={choices.groups}
          value={lesson?.group}
          none="Whoever sits in the room"
        />
        <ChoiceField label="Room" name="room" items={choices.rooms} value={lesson?.room} none="Any" />
        <ChoiceField label="Desktop" name="template" items={choices.templates} value={lesson?.template} />
        <RuleFields lesson={lesson} />
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={saving.isBusy}>
            {lesson ? 'Change it' : 'Make it'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function TimeFields({ lesson }: { lesson: Lesson | undefined }) {
  const starts = lesson && new Date(lesson.startsAt);
  const ends = lesson && new Date(lesson.endsAt);
  return (
    <div className="lesson-times">
      <TextField label="Day" name="day" type="date" defaultValue={dayText(starts ?? new Date())} required />
      <TextField
        label="From"
        name="starts"
        type="time"
        defaultValue={starts ? timeText(starts) : '08:00'}
        required
      />
      <TextField label="To" name="ends" type="time" defaultValue={ends ? timeText(ends) : '08:45'} required />
    </div>
  );
}

function RhythmFields() {
  return (
    <div className="lesson-times">
      <SelectField label="Repeat" name="every" defaultValue="0">
        <option value="0">Once</option>
        <option value="1">Every week</option>
        <option value="2">Every second week</option>
        <option value="3">Every third week</option>
        <option value="4">Every fourth week</option>
      </SelectField>
      <TextField label="Until" name="last" type="date" hint="Of what repeats; holidays are left out." />
    </div>
  );
}

function RuleFields({ lesson }: { lesson: Lesson | undefined }) {
  return (
    <>
      <div className="lesson-times">
        <TextField
          label="Desktops"
          name="seats"
          type="number"
          min={1}
          max={10_000}
          placeholder="as many as the group"
          defaultValue={lesson?.seats ?? undefined}
        />
        <TextField
          label="Ready before, in minutes"
          name="lead"
          type="number"
          min={0}
          max={1440}
          defaultValue={(lesson?.leadS ?? 900) / 60}
          required
        />
        <SelectField label="At its end" name="atEnd" defaultValue={lesson?.atEnd ?? 'warn'}>
          <option value="warn">Tell the students</option>
          <option value="end">End the desktops</option>
        </SelectField>
      </div>
      <CheckField
        name="exam"
        label="Exam"
        defaultChecked={lesson?.exam}
        hint="This desktop alone, no clipboard; the folder Exam of each student is collected at the end."
      />
      <CheckField
        name="automatic"
        label="Starts and ends by itself"
        defaultChecked={lesson?.automatic}
        hint="The seats of its room are switched on and made ready before it begins, and off when it is over."
      />
    </>
  );
}
