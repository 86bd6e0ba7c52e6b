import type { FileRound } from '@homeroom/protocol';
import { request } from '../../shared/api/request.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { useAction } from '../toasts/use-action.ts';
import { personWords, roundTitle, roundWords } from './round-words.ts';

const shownAtMost = 8;

/** What was handed out and collected in a room, the newest first. */
export function RoundList({ room }: { room: string }) {
  const { value, error } = useResource<{ items: FileRound[] }>(`rooms/${room}/file-rounds`, {
    kinds: ['file-round'],
  });
  return (
    <>
      <ProblemNotice error={error} />
      <ul className="room-record" aria-label="Handed out and collected">
        {value?.items.slice(0, shownAtMost).map((round) => (
          <li key={round.id}>
            <details>
              <summary>
                <strong>{roundTitle(round)}</strong> <small>{roundWords(round)}</small>
              </summary>
              <RoundPeople round={round} />
            </details>
            {round.kind === 'collect' && (
              <a className="button" href={`/api/v1/file-rounds/${round.id}/archive`} download>
                <Icon name="download" size={18} /> Download
              </a>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function RoundPeople({ round }: { round: FileRound }) {
  const { isBusy, run } = useAction();
  const retry = (user: string) =>
    run(() => request('POST', `file-rounds/${round.id}/people/${user}/retry`), 'It is tried again.');
  return (
    <ul className="round-people">
      {round.people.map((person) => (
        <li key={person.user}>
          <span>
            <strong>{person.displayName}</strong> {personWords(person, round.kind)}
          </span>
          {person.state === 'failed' && (
            <button
              type="button"
              className="button"
              disabled={isBusy}
              aria-label={`Try ${person.displayName} again`}
              onClick={() => void retry(person.user)}
            >
              Try again
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
