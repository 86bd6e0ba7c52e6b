import type { Session } from '@homeroom/protocol';
import { request } from '../../shared/api/request.ts';
import { useNow } from '../../shared/hooks/use-now.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { StepList } from '../../shared/ui/step-list.tsx';
import { endingWords, runningWords } from '../../shared/words/ending-words.ts';
import { placeWords, sessionState } from '../../shared/words/session-words.ts';
import { agoWords, countdown } from '../../shared/words/time-words.ts';
import { estimateWords } from '../../shared/words/waiting-words.ts';
import { useConfirm } from '../confirm/confirm-provider.tsx';
import { useAction } from '../toasts/use-action.ts';
import { takeFresh } from './take-fresh.ts';
import './my-session.css';

/** The live session on top of everything: go on, or end it. */
export function MySession({ session, templateName }: { session: Session; templateName: string }) {
  const now = useNow(10_000);
  const confirm = useConfirm();
  const ending = useAction();
  const keeping = useAction();
  const fresh = useAction();
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

  const keep = () =>
    keeping.run(() => request('POST', `sessions/${session.id}/keep`), 'Your desktop is kept.');
  const replace = () =>
    fresh.run(async () => window.location.assign((await takeFresh(session.template)).url));

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
            ? [
                placeWords(session.place),
                estimateWords(session.estimateS, waitedS(session, now)),
                session.reason,
              ]
                .filter(Boolean)
                .join(' ')
            : `Started ${agoWords(session.startedAt, now)}`}
        </p>
        {runningWords(session) && <p role="status">{runningWords(session)}</p>}
        {isWaiting && <StepList steps={session.steps} />}
        {session.trouble && <p role="alert">{session.trouble} Files in your home folder are kept.</p>}
        {session.warning > 0 && (
          <p role="alert">
            {endingWords(session)} <Countdown at={session.endsAt} />
          </p>
        )}
      </div>
      <div className="my-session-actions">
        <button type="button" className="button danger" disabled={ending.isBusy} onClick={() => void end()}>
          {isWaiting ? 'Stop waiting' : 'End'}
        </button>
        {session.warning > 0 && session.mayKeep && (
          <button type="button" className="button" disabled={keeping.isBusy} onClick={() => void keep()}>
            Keep my desktop
          </button>
        )}
        {session.trouble && (
          <button
            type="button"
            className="button primary"
            disabled={fresh.isBusy}
            onClick={() => void replace()}
          >
            Take a fresh desktop
          </button>
        )}
        {!isWaiting && !session.trouble && (
          <a className="button primary" href={session.url}>
            Continue
          </a>
        )}
      </div>
    </section>
  );
}

/** In seconds, from when it was asked for. */
function waitedS({ startedAt }: Session, now: Date): number {
  return (now.getTime() - Date.parse(startedAt)) / 1000;
}

function Countdown({ at }: { at: string | null }) {
  const now = useNow(1_000);
  return at === null ? null : <time dateTime={at}>{countdown(at, now) ?? '0:00'}</time>;
}
