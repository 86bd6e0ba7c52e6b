import type { Session } from '@homeroom/protocol';
import { useNow } from '../hooks/use-now.ts';
import { useResource } from '../hooks/use-resource.ts';
import { lastEndWords } from '../words/ending-words.ts';
import './last-end.css';

/** Why the desktop that somebody had is not there any more, where they choose the next one. */
export function LastEnd() {
  const now = useNow(30_000);
  const { value } = useResource<Session>('sessions/latest', { kinds: ['session'] });
  const words = value && lastEndWords(value, now);
  return words ? (
    <p className="last-end" role="status">
      {words}
    </p>
  ) : null;
}
