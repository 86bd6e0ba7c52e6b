import type { Session } from '@homeroom/protocol';
import { useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { useNow } from '../../shared/hooks/use-now.ts';
import { sessionState } from '../../shared/words/session-words.ts';
import { agoWords } from '../../shared/words/time-words.ts';
import { useConfirm } from '../confirm/confirm-provider.tsx';
import { MoveDialog } from '../seat/move-dialog.tsx';
import { useAction } from '../toasts/use-action.ts';
import { placeName, type SessionNames, templateName } from './session-names.ts';
import { endQuestion, sideWords } from './session-row-words.ts';

/** One session, and what a teacher does with it. */
export function SessionRow({ session, names }: { session: Session; names: SessionNames }) {
  const now = useNow(10_000);
  const confirm = useConfirm();
  const ending = useAction();
  const [isMoving, setMoving] = useState(false);
  const { words, tone } = sessionState(session.state);
  const side = sideWords(session, now);
  const isLive = session.state !== 'ended';
  const end = async (): Promise<void> => {
    const isSure = await confirm(endQuestion(session, templateName(names, session.template), now));
    if (isSure) await ending.run(() => request('DELETE', `sessions/${session.id}`), 'The session has ended.');
  };
  return (
    <tr>
      <th scope="row">{session.username}</th>
      <td data-label="Desktop">{templateName(names, session.template)}</td>
      <td data-label="State">
        <span>
          <span className="badge" data-tone={tone}>
            {words}
          </span>
          {side && <small>{side}</small>}
        </span>
      </td>
      <td data-label="Where">{placeName(names, session)}</td>
      <td data-label="Started">
        <time dateTime={session.startedAt}>{agoWords(session.startedAt, now)}</time>
      </td>
      <td className="actions">
        {isLive && (
          <div className="row-actions">
            <button
              type="button"
              className="button"
              aria-label={`Move ${session.username}`}
              onClick={() => setMoving(true)}
            >
              Move
            </button>
            <button
              type="button"
              className="button danger"
              aria-label={`End the desktop of ${session.username}`}
              disabled={ending.isBusy}
              onClick={() => void end()}
            >
              End
            </button>
          </div>
        )}
        {isMoving && <MoveDialog session={session} onClose={() => setMoving(false)} />}
      </td>
    </tr>
  );
}
