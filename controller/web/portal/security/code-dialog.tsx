import type { RecoveryCodes } from '@homeroom/protocol';
import { type FormEvent, useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { RecoveryCodeList } from '../../shared/ui/recovery-code-list.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { useAction } from '../toasts/use-action.ts';

const words = {
  renew: {
    title: 'New recovery codes',
    text: 'The old ones are worth nothing then.',
    button: 'Make new ones',
  },
  remove: {
    title: 'Remove the second step?',
    text: 'From then on your password alone lets you in.',
    button: 'Remove it',
  },
} as const;

/** What one does to one’s own second step needs a code of it. */
export function CodeDialog({ doing, onClose }: { doing: keyof typeof words; onClose: () => void }) {
  const [codes, setCodes] = useState<readonly string[]>();
  const working = useAction();
  const { title, text, button } = words[doing];
  const renew = async (code: string): Promise<void> => {
    const answer = await request<RecoveryCodes>('POST', 'me/second-step/recovery-codes', { body: { code } });
    setCodes(answer.recoveryCodes);
  };
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code'));
    if (doing === 'renew') {
      await working.run(() => renew(code));
      return;
    }
    const remove = () => request('POST', 'me/second-step/remove', { body: { code } });
    if (await working.run(remove, 'Your second step is removed.')) onClose();
  };
  if (codes) {
    return (
      <Dialog title={title} onClose={onClose}>
        <RecoveryCodeList codes={codes} onKept={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <p>{text}</p>
        <TextField
          label="Code"
          name="code"
          hint="Of your authenticator app, or a recovery code."
          autoComplete="one-time-code"
          minLength={6}
          maxLength={40}
          required
          data-autofocus
        />
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button
            type="submit"
            className={doing === 'remove' ? 'button danger' : 'button primary'}
            disabled={working.isBusy}
          >
            {button}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
