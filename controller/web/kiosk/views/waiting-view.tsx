import type { Session, Template } from '@homeroom/protocol';
import { useState } from 'react';
import { type ApiError, toApiError } from '../../shared/api/api-error.ts';
import { request } from '../../shared/api/request.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { StepList } from '../../shared/ui/step-list.tsx';
import { TemplateCard } from '../../shared/ui/template-card.tsx';
import { placeWords } from '../../shared/words/session-words.ts';
import { estimateWords } from '../../shared/words/waiting-words.ts';

/** In the queue at a seat: where, how long as far as that is known, and what may be had instead. */
export function WaitingView({ session }: { session: Session }) {
  const templates = useResource<{ items: Template[] }>('templates', {
    kinds: ['template', 'pool', 'desktop'],
  });
  const [error, setError] = useState<ApiError>();
  const others = templates.value?.items.filter(({ id }) => id !== session.template) ?? [];

  const ask = async (work: () => Promise<unknown>): Promise<void> => {
    setError(undefined);
    await work().catch((caught: unknown) => setError(toApiError(caught)));
  };
  const takeInstead = (template: string) =>
    ask(() => request('PATCH', `sessions/${session.id}`, { body: { template } }));
  const stopWaiting = () => ask(() => request('DELETE', `sessions/${session.id}`));

  return (
    <div className="waiting-view">
      <div className="waiting-words" role="status">
        <h1>Waiting for a desktop</h1>
        <p>
          {placeWords(session.place)} {estimateWords(session.estimateS)}
        </p>
        {session.reason && <small>{session.reason}</small>}
      </div>
      <StepList steps={session.steps} />
      <div className="waiting-instead">
        {others.length > 0 && <h2>Take another desktop instead</h2>}
        <button type="button" className="button" onClick={() => void stopWaiting()}>
          Stop waiting
        </button>
      </div>
      {error && (
        <p className="sign-in-fault" role="alert">
          {error.title} {error.remedy}
        </p>
      )}
      <ul className="template-grid" aria-label="Desktops to take instead">
        {others.map((template) => (
          <li key={template.id}>
            <TemplateCard
              template={template}
              isStarting={false}
              isInstead
              onStart={() => void takeInstead(template.id)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
