import type { LessonImport } from '@homeroom/protocol';
import { type FormEvent, useState } from 'react';
import { type ApiError, toApiError } from '../../shared/api/api-error.ts';
import { request } from '../../shared/api/request.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { readUtf8 } from '../../shared/words/read-utf8.ts';
import { FaultList } from '../people/fault-list.tsx';
import { ImportFaults } from '../people/import-faults.tsx';
import { ChoiceField } from './choice-field.tsx';
import { importWords } from './lesson-words.ts';
import type { Choices } from './use-choices.ts';

const waitMs = 60_000;

interface Chosen {
  readonly text: string;
  readonly query: string;
}

/** A file that was looked at, and what would become of it. */
interface Checked extends Chosen {
  readonly outcome: LessonImport;
}

/** Take a timetable over: first what would become of it, then the deed. */
export function ImportLessonsDialog({ choices, onClose }: { choices: Choices; onClose: () => void }) {
  const [checked, setChecked] = useState<Checked>();
  const [done, setDone] = useState<LessonImport>();
  /** A file with faults: what is right in it may be taken. */
  const [refused, setRefused] = useState<Chosen>();
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
  const look = async (chosen: Chosen): Promise<void> => {
    // Until it is known to be right.
    setRefused(chosen);
    const outcome = await send(chosen.text, chosen.query, true);
    setRefused(undefined);
    setChecked({ ...chosen, outcome });
  };
  const check = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const file = fields.get('file');
    if (!(file instanceof File)) return;
    const query = defaultsOf(fields);
    setRefused(undefined);
    void working(async () => look({ text: await readUtf8(file), query }));
  };
  const takeRight = ({ text, query }: Chosen): void =>
    void working(() => look({ text, query: `${query}skipFaults=true&` }));
  /** What was told of another file. */
  const forget = (): void => {
    setChecked(undefined);
    setError(undefined);
    setRefused(undefined);
  };
  const carryOut = ({ text, query }: Checked): void =>
    void working(async () => {
      setDone(await send(text, query, false));
      setChecked(undefined);
    });
  return (
    <Dialog title="Import a timetable" onClose={onClose}>
      <form className="form" onSubmit={check} onChange={forget}>
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
          {checked && <Outcome outcome={checked.outcome} />}
          {done && <Outcome outcome={done} />}
        </div>
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            {done ? 'Close' : 'Cancel'}
          </button>
          {error?.code === 'import_invalid' && refused && !refused.query.includes('skipFaults') && (
            <button type="button" className="button" disabled={isBusy} onClick={() => takeRight(refused)}>
              See what is right in it
            </button>
          )}
          {checked ? (
            <button
              type="button"
              className="button primary"
              disabled={isBusy}
              onClick={() => carryOut(checked)}
            >
              {checked.outcome.faults.length > 0 ? 'Import what is right' : 'Import it'}
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

/** What an import did or would do, and what it left out because of faults. */
function Outcome({ outcome }: { outcome: LessonImport }) {
  return (
    <>
      <p>{importWords(outcome)}</p>
      {outcome.faults.length > 0 && (
        <div className="notice" data-tone="warn">
          <p>{outcome.dryRun ? 'This would be left out:' : 'This was left out:'}</p>
          <FaultList faults={outcome.faults} />
        </div>
      )}
    </>
  );
}

function defaultsOf(fields: FormData): string {
  return ['template', 'group']
    .map((name) => [name, String(fields.get(name) ?? '')] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}&`)
    .join('');
}
