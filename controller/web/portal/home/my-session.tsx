import type { Session } from '@homeroom/protocol';
import { request } from '../../shared/api/request.ts';
import { useNow } from '../../shared/hooks/use-now.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { placeWords, sessionState } from '../../shared/words/session-words.ts';
import { agoWords } from '../../shared/words/time-words.ts';
import { useConfirm } from '../confirm/confirm-provider.tsx';
import { useAction } from '../toasts/use-action.ts';
import './my-session.css';

/** The live session on top of everything: go on, or end it. */
export function MySession({ session, templateName }: { session: Session; templateName: string }) {
  const now = useNow(10_000);
  const confirm = useConfirm();
  const ending = useAction();
  const { words, tone } = sessionState(session.state);
  const isWaiting = session.state === 'waiting';

  const end = async (): Promise<void> => {
    const isSure = await confirm({
      title: `End ${templateName}?`,
      text: 'Open programs are closed and what is not saved is lost. Files in your home folder are kept.',
      confirmLabel: 'End it',
    });
    if (isSure)
      await ending.run(() => request('DELETE', `sessions/${session.id}`), 'Your desktop has ended.');
  };

  return (
    <section className="my-session card" aria-label="Your desktop" data-waiting={isWaiting}>
      <Icon name={isWaiting ? 'clock' : 'desktop'} size={32} />
      <div className="my-session-words">
        <h2>{templateName}</h2>
        <p role="status">
          <span className="badge" data-tone={tone}>
            {words}
          </span>{' '}
          {isWaiting
            ? [placeWords(session.place), session.reason].filter(Boolean).join(' ')
            : `Started ${agoWords(session.startedAt, now)}`}
        </p>
      </div>
      <div className="my-session-actions">
        <button type="button" className="button danger" disabled={ending.isBusy} onClick={() => void end()}>
          {isWaiting ? 'Stop waiting' : 'End'}
        </button>
        {!isWaiting && (
          <a className="button primary" href={session.url}>
            Continue
          </a>
        )}
      </div>
    </section>
  );
}
