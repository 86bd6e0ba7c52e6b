import type { LessonImport } from '@homeroom/protocol';
import { type FormEvent, useState } from 'react';
import { type ApiError, toApiError } from '../../shared/api/api-error.ts';
import { request } from '../../shared/api/request.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { readUtf8 } from '../../shared/words/read-utf8.ts';
import { ImportFaults } from '../people/import-faults.tsx';
import { ChoiceField } from './choice-field.tsx';
import { importWords } from './lesson-words.ts';
import type { Choices } from './use-choices.ts';

const waitMs = 60_000;

/** A file that was looked at, and what would become of it. */
interface Checked {
  readonly text: string;
  readonly query: string;
  readonly outcome: LessonImport;
}

/** Take a timetable over: first what would become of it, then the deed. */
export function ImportLessonsDialog({ choices, onClose }: { choices: Choices; onClose: () => void }) {
  const [checked, setChecked] = useState<Checked>();
  const [done, setDone] = useState<LessonImport>();
  const [error, setError] = useState<ApiError>();
  const [isBusy, setBusy] = useState(false);
  const working = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (caught) {
      setChecked(undefined);
      setError(toApiError(caught));
    } finally {
      setBusy(false);
    }
  };
  const send = (text: string, query: string, dryRun: boolean) =>
    request<LessonImport>('POST', `lessons/import?${query}dryRun=${dryRun}`, { body: { text }, waitMs });
  const check = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const file = fields.get('file');
    if (!(file instanceof File)) return;
    const query = defaultsOf(fields);
    void working(async () => {
      const text = await readUtf8(file);
      setChecked({ text, query, outcome: await send(text, query, true) });
    });
  };
  const carryOut = ({ text, query }: Checked): void =>
    void working(async () => {
      setDone(await send(text, query, false));
      setChecked(undefined);
    });
  return (
    <Dialog title="Import a timetable" onClose={onClose}>
      <form className="form" onSubmit={check} onChange={() => setChecked(undefined)}>
        <p>
          A calendar (<code>.ics</code>) from your timetable program, or a table (<code>.csv</code>) with the
          columns <code>name</code>, <code>date</code> or <code>weekday</code>, <code>first</code>,{' '}
          <code>last</code>, then <code>start</code>, <code>end</code>, <code>group</code>, <code>room</code>,{' '}
          <code>template</code>. Imported again, it changes what it made.
        </p>
        <TextField
          label="File"
          name="file"
          type="file"
          accept=".ics,.csv,text/calendar,text/csv"
          required
          data-autofocus
        />
        <ChoiceField
          label="Desktop where the file names none"
          name="template"
          items={choices.templates}
          value={undefined}
        />
        <ChoiceField
          label="Group where the file names none"
          name="group"
          items={choices.groups}
          value={null}
          none="None"
        />
        <div aria-live="polite">
          {error && <ImportFaults error={error} />}
          {checked && <p>{importWords(checked.outcome)}</p>}
          {done && <p>{importWords(done)}</p>}
        </div>
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            {done ? 'Close' : 'Cancel'}
          </button>
          {checked ? (
            <button
              type="button"
              className="button primary"
              disabled={isBusy}
              onClick={() => carryOut(checked)}
            >
              Import it
            </button>
          ) : (
            <button type="submit" className="button primary" disabled={isBusy}>
              Check the file
            </button>
          )}
        </div>
      </form>
    </Dialog>
  );
}

function defaultsOf(fields: FormData): string {
  return ['template', 'group']
    .map((name) => [name, String(fields.get(name) ?? '')] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}&`)
    .join('');
}
