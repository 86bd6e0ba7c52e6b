import type { Seat, Session, Template } from '@homeroom/protocol';
import { request } from '../../shared/api/request.ts';
import { useNow } from '../../shared/hooks/use-now.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { sessionState } from '../../shared/words/session-words.ts';
import { agoWords } from '../../shared/words/time-words.ts';
import { useConfirm } from '../confirm/confirm-provider.tsx';
import { Empty } from '../shell/empty.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { useAction } from '../toasts/use-action.ts';

/** Who uses a desktop now. */
export function SessionsPage() {
  const sessions = useResource<{ items: Session[] }>('sessions?state=live', { kinds: ['session'] });
  const templates = useResource<{ items: Template[] }>('templates', { kinds: ['template'] });
  const seats = useResource<{ items: Seat[] }>('seats', { kinds: ['seat', 'room'] });
  const items = sessions.value?.items;

  return (
    <Page title="Sessions" lead="Everybody who has a desktop now, or waits for one.">
      <ProblemNotice error={sessions.error} />
      {items?.length === 0 && (
        <Empty title="Nobody uses a desktop" icon="people">
          A session appears here as soon as somebody chooses a desktop, at a seat or in the portal.
        </Empty>
      )}
      {items && items.length > 0 && (
        <div className="table-frame card">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Person</th>
                <th scope="col">Desktop</th>
                <th scope="col">State</th>
                <th scope="col">Where</th>
                <th scope="col">Started</th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((session) => (
                <SessionRow
                  key={session.id}
                  session={session}
                  template={templates.value?.items.find(({ id }) => id === session.template)?.name}
                  seat={seats.value?.items.find(({ id }) => id === session.seat)?.name}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  );
}

function SessionRow({
  session,
  template,
  seat,
}: {
  session: Session;
  template?: string | undefined;
  seat?: string | undefined;
}) {
  const now = useNow(10_000);
  const confirm = useConfirm();
  const ending = useAction();
  const { words, tone } = sessionState(session.state);
  const end = async (): Promise<void> => {
    const isSure = await confirm({
      title: `End the desktop of ${session.username}?`,
      text: 'Open programs are closed and what is not saved is lost. Files in the home folder are kept.',
      confirmLabel: 'End it',
    });
    if (isSure) await ending.run(() => request('DELETE', `sessions/${session.id}`), 'The session has ended.');
  };
  return (
    <tr>
      <th scope="row">{session.username}</th>
      <td>{template ?? session.template}</td>
      <td>
        <span className="badge" data-tone={tone}>
          {words}
        </span>
        {session.reason && <small>{session.reason}</small>}
      </td>
      <td>{seat ?? (session.seat === null ? 'in a browser' : 'at a seat')}</td>
      <td>{agoWords(session.startedAt, now)}</td>
      <td className="actions">
        <button type="button" className="button danger" disabled={ending.isBusy} onClick={() => void end()}>
          End
        </button>
      </td>
    </tr>
  );
}
