import type { Holiday, School } from '@homeroom/protocol';
import type { FormEvent } from 'react';
import { request } from '../../shared/api/request.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { TextField } from '../../shared/ui/text-field.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { useAction } from '../toasts/use-action.ts';

/** Days without lessons, and the clocks that lessons go by; admins change them. */
export function HolidaysSection({ isAdmin }: { isAdmin: boolean }) {
  const holidays = useResource<{ items: Holiday[] }>('holidays', { kinds: ['lesson'] });
  const items = holidays.value?.items.toSorted((one, other) => one.firstDay.localeCompare(other.firstDay));
  return (
    <section className="section" aria-labelledby="holidays-title">
      <h2 id="holidays-title">Holidays</h2>
      <ProblemNotice error={holidays.error} />
      {items?.length === 0 && <p>None yet. Lessons that repeat are left out on holidays.</p>}
      <ul className="holidays">
        {items?.map((holiday) => (
          <HolidayItem key={holiday.id} holiday={holiday} isAdmin={isAdmin} />
        ))}
      </ul>
      {isAdmin && <NewHoliday />}
      {isAdmin && <TimeZone />}
    </section>
  );
}

function HolidayItem({ holiday, isAdmin }: { holiday: Holiday; isAdmin: boolean }) {
  const removing = useAction();
  const { id, name, firstDay, lastDay } = holiday;
  return (
    <li>
      <span>
        <strong>{name}</strong> {firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`}
      </span>
      {isAdmin && (
        <button
          type="button"
          className="button quiet"
          disabled={removing.isBusy}
          onClick={() =>
            void removing.run(() => request('DELETE', `holidays/${id}`), `${name} is no holiday any more.`)
          }
        >
          Remove <span className="visually-hidden">{name}</span>
        </button>
      )}
    </li>
  );
}

function NewHoliday() {
  const adding = useAction();
  const add = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const text = (name: string) => String(fields.get(name) ?? '').trim();
    const body = {
      name: text('name'),
      firstDay: text('firstDay'),
      lastDay: text('lastDay') || text('firstDay'),
    };
    void adding
      .run(() => request('POST', 'holidays', { body }), `${body.name} is a holiday.`)
      .then((isDone) => isDone && form.reset());
  };
  return (
    <form className="lesson-times" onSubmit={add}>
      <TextField label="Holiday" name="name" maxLength={200} required />
      <TextField label="First day" name="firstDay" type="date" required />
      <TextField label="Last day" name="lastDay" type="date" />
      <button type="submit" className="button" disabled={adding.isBusy}>
        Add
      </button>
    </form>
  );
}

function TimeZone() {
  const school = useResource<School>('school', { kinds: ['lesson'] });
  const saving = useAction();
  const save = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const timeZone = String(new FormData(event.currentTarget).get('timeZone') ?? '').trim();
    void saving.run(
      () => request('PUT', 'school', { body: { timeZone } }),
      `The school’s clocks are those of ${timeZone}.`,
    );
  };
  if (!school.value) return null;
  return (
    <form className="lesson-times" onSubmit={save} key={school.value.timeZone}>
      <TextField
        label="Time zone of the school"
        name="timeZone"
        defaultValue={school.value.timeZone}
        list="time-zones"
        required
        hint="Weekly lessons and hours per week go by it."
      />
      <datalist id="time-zones">
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <button type="submit" className="button" disabled={saving.isBusy}>
        Set it
      </button>
    </form>
  );
}
