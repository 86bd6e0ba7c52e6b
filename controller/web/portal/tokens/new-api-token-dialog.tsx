import type { ApiToken, CreateApiTokenRequest, ScopeList } from '@homeroom/protocol';
import { type FormEvent, useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { SelectField } from '../../shared/ui/select-field.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { SecretOnce } from '../people/secret-once.tsx';
import { useAction } from '../toasts/use-action.ts';

const dayS = 24 * 3600;

/** Make a token; afterwards it is shown, this once. */
export function NewApiTokenDialog({ onClose }: { onClose: () => void }) {
  const scopes = useResource<ScopeList>('tokens/scopes', { kinds: [] });
  const [isLimited, setLimited] = useState(false);
  const [made, setMade] = useState<ApiToken>();
  const making = useAction();
  const make = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const body = tokenRequest(new FormData(event.currentTarget));
    void making.run(async () => setMade(await request<ApiToken>('POST', 'tokens', { body })));
  };
  if (made?.token) {
    return (
      <Dialog title="Your token" onClose={onClose}>
        <SecretOnce secret={made.token}>Copy it now: it is not shown again.</SecretOnce>
      </Dialog>
    );
  }
  return (
    <Dialog title="Make a token" onClose={onClose}>
      <form className="form" onSubmit={make}>
        <TextField
          label="Note"
          name="note"
          hint="What it is for; you find it again by this."
          maxLength={200}
          required
          data-autofocus
        />
        <SelectField
          label="It may do"
          value={isLimited ? 'limited' : 'all'}
          onChange={({ target }) => setLimited(target.value === 'limited')}
        >
          <option value="all">everything that I may</option>
          <option value="limited">only what I choose</option>
        </SelectField>
        {isLimited && (
          <SelectField label="Scopes (several with Ctrl)" name="scopes" multiple size={8} required>
            {scopes.value?.scopes
              .filter((scope) => scope !== '*')
              .map((scope) => (
                <option key={scope}>{scope}</option>
              ))}
          </SelectField>
        )}
        <SelectField label="Good for" name="expiresInS" defaultValue={String(90 * dayS)}>
          <option value={dayS}>1 day</option>
          <option value={30 * dayS}>30 days</option>
          <option value={90 * dayS}>90 days</option>
          <option value={365 * dayS}>1 year</option>
        </SelectField>
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={making.isBusy}>
            Make it
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function tokenRequest(fields: FormData): CreateApiTokenRequest {
  const scopes = fields.getAll('scopes').map(String);
  return {
    note: String(fields.get('note') ?? ''),
    ...(scopes.length > 0 && { scopes }),
    expiresInS: Number(fields.get('expiresInS')),
  };
}
