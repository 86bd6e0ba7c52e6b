import type { Lesson, User } from '@homeroom/protocol';
import { useState } from 'react';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { Empty } from '../shell/empty.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { HolidaysSection } from './holidays-section.tsx';
import { ImportLessonsDialog } from './import-lessons-dialog.tsx';
import { LessonDialog } from './lesson-dialog.tsx';
import { LessonRow } from './lesson-row.tsx';
import { SeriesSection } from './series-section.tsx';
import { type Choices, useChoices } from './use-choices.ts';
import { addDays, dayText, mondayOf } from './week.ts';
import './lessons-page.css';

const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });

/** The timetable, week by week. */
export function LessonsPage({ user }: { user: User }) {
  const choices = useChoices();
  const [monday, setMonday] = useState(() => mondayOf(new Date()));
  const [open, setOpen] = useState<'lesson' | 'import'>();
  const path = `lessons?from=${monday.toISOString()}&to=${addDays(monday, 7).toISOString()}`;
  const lessons = useResource<{ items: Lesson[] }>(path, { kinds: ['lesson', 'group'] });
  const close = (): void => setOpen(undefined);
  const actions = (
    <>
      <button type="button" className="button" onClick={() => setOpen('import')}>
        <Icon name="upload" size={18} /> Import
      </button>
      <button type="button" className="button primary" onClick={() => setOpen('lesson')}>
        <Icon name="plus" size={18} /> New lesson
      </button>
    </>
  );
  return (
    <Page
      title="Lessons"
      lead="Desktops are ready, and kept for their group, before a lesson begins."
      actions={actions}
    >
      <WeekSwitch monday={monday} onChange={setMonday} />
      <ProblemNotice error={lessons.error} />
      {lessons.value?.items.length === 0 && (
        <Empty title="No lessons this week" icon="clock">
          Make one, have one every week, or import the timetable that your school has already.
        </Empty>
      )}
      {lessons.value && <Week monday={monday} lessons={lessons.value.items} choices={choices} />}
      <SeriesSection choices={choices} />
      <HolidaysSection isAdmin={user.role === 'admin'} />
      {open === 'lesson' && <LessonDialog choices={choices} onClose={close} />}
      {open === 'import' && <ImportLessonsDialog choices={choices} onClose={close} />}
    </Page>
  );
}

function WeekSwitch({ monday, onChange }: { monday: Date; onChange: (monday: Date) => void }) {
  return (
    <nav className="week-switch" aria-label="Weeks">
      <button type="button" className="button" onClick={() => onChange(addDays(monday, -7))}>
        Week before
      </button>
      <button type="button" className="button" onClick={() => onChange(mondayOf(new Date()))}>
        This week
      </button>
      <button type="button" className="button" onClick={() => onChange(addDays(monday, 7))}>
        Week after
      </button>
      <span aria-live="polite">from {dayFormat.format(monday)}</span>
    </nav>
  );
}

function Week({ monday, lessons, choices }: { monday: Date; lessons: readonly Lesson[]; choices: Choices }) {
  return Array.from({ length: 7 }, (_, index) => addDays(monday, index)).map((day) => {
    const ofDay = lessons
      .filter(({ startsAt }) => dayText(new Date(startsAt)) === dayText(day))
      .toSorted((one, other) => one.startsAt.localeCompare(other.startsAt));
    if (ofDay.length === 0) return null;
    return (
      <section key={dayText(day)} className="section" aria-label={dayFormat.format(day)}>
        <h2>{dayFormat.format(day)}</h2>
        <div className="table-frame card">
          <table className="table lessons-table">
            <thead>
              <tr>
                <th scope="col">Lesson</th>
                <th scope="col">For</th>
                <th scope="col">Desktops</th>
                <th scope="col">State</th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {ofDay.map((lesson) => (
                <LessonRow key={lesson.id} lesson={lesson} choices={choices} />
              ))}
            </tbody>
          </table>
        </div>
      </section>
    );
  });
}
