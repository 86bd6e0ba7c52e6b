import type { ApiToken } from '@homeroom/protocol';
import { request } from '../../shared/api/request.ts';
import { useNow } from '../../shared/hooks/use-now.ts';
import { useConfirm } from '../confirm/confirm-provider.tsx';
import { useAction } from '../toasts/use-action.ts';
import { isGood, tokenStateWords } from './token-state-words.ts';

/** One token; its secret is not known any more. */
export function TokenRow({ token, isOwn }: { token: ApiToken; isOwn: boolean }) {
  const now = useNow(30_000);
  const confirm = useConfirm();
  const withdrawing = useAction();
  const name = token.note ?? token.id.slice(0, 8);
  const withdraw = async (): Promise<void> => {
    const isSure = await confirm({
      title: `Withdraw “${name}”?`,
      text: 'Whatever uses it is refused from now on.',
      confirmLabel: 'Withdraw it',
    });
    if (isSure) {
      await withdrawing.run(() => request('DELETE', `tokens/${token.id}`), 'The token was withdrawn.');
    }
  };
  return (
    <tr>
      <th scope="row">
        {name}
        {!isOwn && <small>of {token.username}</small>}
      </th>
      <td>{token.scopes.includes('*') ? 'everything' : token.scopes.join(', ')}</td>
      <td>{tokenStateWords(token, now)}</td>
      <td className="actions">
        {isGood(token, now) && (
          <button
            type="button"
            className="button danger"
            aria-label={`Withdraw ${name}`}
            disabled={withdrawing.isBusy}
            onClick={() => void withdraw()}
          >
            Withdraw
          </button>
        )}
      </td>
    </tr>
  );
}
