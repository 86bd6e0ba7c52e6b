import type { JoinTokenResource } from '@homeroom/protocol';
import { request } from '../../shared/api/request.ts';
import { useNow } from '../../shared/hooks/use-now.ts';
import { useConfirm } from '../confirm/confirm-provider.tsx';
import { useAction } from '../toasts/use-action.ts';
import { isUsable, tokenWords } from './token-words.ts';

/** One token in the list; its secret is not known any more. */
export function JoinTokenRow({ token, room }: { token: JoinTokenResource; room: string }) {
  const now = useNow(10_000);
  const confirm = useConfirm();
  const withdrawing = useAction();
  const withdraw = async (): Promise<void> => {
    const isSure = await confirm({
      title: `Withdraw token ${token.id}?`,
      text: 'No further device comes in with it. Devices that are in already stay.',
      confirmLabel: 'Withdraw it',
    });
    if (isSure)
      await withdrawing.run(() => request('DELETE', `join-tokens/${token.id}`), 'The token was withdrawn.');
  };
  return (
    <tr>
      <th scope="row">
        {token.note ?? <span className="mono">{token.id}</span>}
        {token.note !== null && <small className="mono">{token.id}</small>}
      </th>
      <td>
        {room}
        {token.host && <small>may run desktops</small>}
      </td>
      <td>{tokenWords(token, now)}</td>
      <td className="actions">
        {isUsable(token, now) && (
          <button
            type="button"
            className="button danger"
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
