import type { UserImport } from '@homeroom/protocol';
import { type FormEvent, useState } from 'react';
import { type ApiError, toApiError } from '../../shared/api/api-error.ts';
import { request } from '../../shared/api/request.ts';
import { CheckField } from '../../shared/ui/check-field.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { readUtf8 } from '../../shared/words/read-utf8.ts';
import { ImportFaults } from './import-faults.tsx';
import { importWords } from './import-words.ts';
import { PasswordFile } from './password-file.tsx';

/** Two thousand passwords take their time. */
const waitMs = 10 * 60_000;

/** A file that was looked at, and what would become of it. */
interface Checked {
  readonly text: string;
  readonly existing: 'refuse' | 'update';
  readonly outcome: UserImport;
}

/** Import people from a CSV file: first what would become of it, then the deed, then the passwords. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [checked, setChecked] = useState<Checked>();
  const [done, setDone] = useState<UserImport>();
  const [error, setError] = useState<ApiError>();
  const [isBusy, setBusy] = useState(false);
  /** What was told of another file. */
  const forget = (): void => {
    setChecked(undefined);
    setError(undefined);
  };
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
  const send = (text: string, existing: Checked['existing'], dryRun: boolean) =>
    request<UserImport>('POST', `users/import?existing=${existing}&dryRun=${dryRun}`, {
      body: { text },
      waitMs,
    });
  const check = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const file = fields.get('file');
    const existing = fields.has('update') ? 'update' : 'refuse';
    if (!(file instanceof File)) return;
    void working(async () => {
      const text = await readUtf8(file);
      setChecked({ text, existing, outcome: await send(text, existing, true) });
    });
  };
  const carryOut = ({ text, existing }: Checked): void =>
    void working(async () => setDone(await send(text, existing, false)));

  if (done) {
    return (
      <Dialog title="People are imported" onClose={onClose}>
        <div className="form">
          <p>{importWords(done)}</p>
          {done.passwords !== null && <PasswordFile csv={done.passwords} />}
          <div className="dialog-actions">
            <button type="button" className="button" onClick={onClose}>
              Close
            </button>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title="Import people" onClose={onClose}>
      <form className="form" onSubmit={check} onChange={forget}>
        <p>
          A CSV file with the columns <code>username</code>, <code>displayName</code>, <code>role</code>,{' '}
          <code>groups</code> and <code>password</code>; only the first is needed. Homeroom makes the
          passwords that are missing.
        </p>
        <TextField
          label="File"
          name="file"
          type="file"
          accept=".csv,text/csv,text/plain"
          required
          data-autofocus
        />
        <CheckField
          name="update"
          label="Change people who are there already"
          hint="Without it, each of them is a fault."
        />
        <div aria-live="polite">
          {error && <ImportFaults error={error} />}
          {checked && <p>{importWords(checked.outcome)}</p>}
          {isBusy && <p>Working… passwords of a whole school take a minute.</p>}
        </div>
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          {checked ? (
            <button
              type="button"
              className="button primary"
              disabled={isBusy}
              onClick={() => carryOut(checked)}
            >
              Import them
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
