import type { Pool, Session, TemplateDetails } from '@homeroom/protocol';
import { request } from '../../shared/api/request.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { useConfirm } from '../confirm/confirm-provider.tsx';
import { useAction } from '../toasts/use-action.ts';
import { withdrawWords } from './withdraw-words.ts';

/** Take a template off the list, or put it back. */
export function WithdrawSection({ template }: { template: TemplateDetails }) {
  const { id, name, withdrawnAt } = template;
  const confirm = useConfirm();
  const changing = useAction();
  const pool = useResource<Pool>(`pools/${encodeURIComponent(id)}`, { kinds: ['pool', 'desktop'] });
  const sessions = useResource<{ items: Session[] }>('sessions?state=live', { kinds: ['session'] });
  const running = sessions.value?.items.filter((session) => session.template === id) ?? [];

  const withdraw = async (): Promise<void> => {
    const isSure = await confirm({
      title: `Withdraw ${name}?`,
      text: withdrawWords(pool.value, running),
      confirmLabel: 'Withdraw it',
    });
    if (isSure) await changing.run(() => request('DELETE', `templates/${id}`), `${name} is withdrawn.`);
  };
  const offer = () =>
    changing.run(
      () => request('PATCH', `templates/${id}`, { body: { withdrawn: false } }),
      `${name} is offered again.`,
    );

  return (
    <section className="section" aria-labelledby="withdraw-title">
      <h2 id="withdraw-title">{withdrawnAt ? 'Offer it again' : 'Withdraw'}</h2>
      <p className="section-lead">
        {withdrawnAt
          ? 'It becomes a card again for whom it is for, and its pool fills up.'
          : 'It is no card any more. Running sessions go on; files of people are never touched.'}
      </p>
      <p>
        {withdrawnAt ? (
          <button type="button" className="button" disabled={changing.isBusy} onClick={() => void offer()}>
            Offer it again
          </button>
        ) : (
          <button
            type="button"
            className="button danger"
            disabled={changing.isBusy}
            onClick={() => void withdraw()}
          >
            Withdraw {name}
          </button>
        )}
      </p>
    </section>
  );
}
