import type { ExamCollection, Lesson } from '@homeroom/protocol';
import { request } from '../../shared/api/request.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { useAction } from '../toasts/use-action.ts';
import { collectionWords } from './collection-words.ts';

/** What was collected of an exam. */
export function CollectionDialog({ lesson, onClose }: { lesson: Lesson; onClose: () => void }) {
  const path = `lessons/${lesson.id}/collection`;
  const { value, error } = useResource<ExamCollection>(path, { kinds: ['lesson'], id: lesson.id });
  const { isBusy, run } = useAction();
  const retry = (user: string) => run(() => request('POST', `${path}/${user}/retry`), 'It is tried again.');
  return (
    <Dialog title={`Files of ${lesson.name}`} onClose={onClose}>
      <div className="form">
        <ProblemNotice error={error} />
        {value?.items.length === 0 && <p>Nobody had a desktop of this exam, or it is not closed yet.</p>}
        <ul className="collection">
          {value?.items.map((item) => (
            <li key={item.user}>
              <strong>{item.displayName}</strong>: {collectionWords(item)}
              {item.state === 'failed' && (
                <button
                  type="button"
                  className="button"
                  disabled={isBusy}
                  aria-label={`Try ${item.displayName} again`}
                  onClick={() => void retry(item.user)}
                >
                  Try again
                </button>
              )}
              {item.report && !item.report.isMissing && (
                <small className="mono">
                  {item.host}: {item.report.folder}
                </small>
              )}
            </li>
          ))}
        </ul>
        <div className="dialog-actions">
          <button type="button" className="button" data-autofocus onClick={onClose}>
            Close
          </button>
        </div>
      </div>
    </Dialog>
  );
}
