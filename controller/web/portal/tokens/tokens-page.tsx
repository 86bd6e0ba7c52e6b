import type { ApiToken, User } from '@homeroom/protocol';
import { useState } from 'react';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { CheckField } from '../../shared/ui/check-field.tsx';
import { AccountTabs } from '../shell/account-tabs.tsx';
import { Empty } from '../shell/empty.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { NewApiTokenDialog } from './new-api-token-dialog.tsx';
import { TokenRow } from './token-row.tsx';

/** API tokens: one’s own; admins see everybody’s. */
export function TokensPage({ user }: { user: User }) {
  const [isAll, setAll] = useState(false);
  const [isMaking, setMaking] = useState(false);
  const tokens = useResource<{ items: ApiToken[] }>(isAll ? 'tokens?of=all' : 'tokens', { kinds: ['token'] });
  const items = tokens.value?.items;
  const make = (
    <button type="button" className="button" onClick={() => setMaking(true)}>
      <Icon name="plus" size={18} /> Make a token
    </button>
  );
  return (
    <Page title="Tokens" lead="Scripts and programs sign in with a token, in your name." actions={make}>
      <AccountTabs />
      {user.role === 'admin' && (
        <CheckField
          label="Show everybody’s"
          checked={isAll}
          onChange={({ target }) => setAll(target.checked)}
        />
      )}
      <ProblemNotice error={tokens.error} />
      {items?.length === 0 && (
        <Empty title="No tokens" icon="key">
          Make one for each script, with no more scopes than it needs: then you can withdraw it alone.
        </Empty>
      )}
      {items && items.length > 0 && (
        <div className="table-frame card">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Token</th>
                <th scope="col">May</th>
                <th scope="col">State</th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((token) => (
                <TokenRow key={token.id} token={token} isOwn={token.user === user.id} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isMaking && <NewApiTokenDialog onClose={() => setMaking(false)} />}
    </Page>
  );
}
