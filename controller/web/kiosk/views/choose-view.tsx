import type { Me, Session, Template, User } from '@homeroom/protocol';
import { useCallback, useState } from 'react';
import { type ApiError, toApiError } from '../../shared/api/api-error.ts';
import { fetchMe, request } from '../../shared/api/request.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { LastEnd } from '../../shared/ui/last-end.tsx';
import { TemplateCard } from '../../shared/ui/template-card.tsx';
import { useIdle } from '../use-idle.ts';

/** A seat that is left signed in would be the next person's. */
const idleMs = 120_000;

export interface ChooseViewProps {
  readonly user: User;
  readonly onSignedOut: (me: Me) => void;
  /** Called with the address of the desktop that was started. */
  readonly onOpened: (url: string) => void;
}

/** Signed in at a seat, no desktop yet. Whoever had one elsewhere does not come here: it is at this seat with the sign-in. */
export function ChooseView({ user, onSignedOut, onOpened }: ChooseViewProps) {
  const templates = useResource<{ items: Template[] }>('templates', {
    kinds: ['template', 'pool', 'desktop'],
  });
  const [startingId, setStartingId] = useState<string>();
  const [error, setError] = useState<ApiError>();

  const signOut = useCallback(async () => {
    await request('POST', 'sign-out').catch(() => undefined);
    onSignedOut(await fetchMe());
  }, [onSignedOut]);
  useIdle(idleMs, () => void signOut());

  const start = async (template: string): Promise<void> => {
    setStartingId(template);
    setError(undefined);
    try {
      const session = await request<Session>('POST', 'sessions', { body: { template } });
      if (session.state !== 'waiting') onOpened(session.url);
    } catch (caught) {
      setError(toApiError(caught));
      setStartingId(undefined);
    }
  };

  return (
    <div className="choose-view">
      <div className="choose-head">
        <h1>Hello {user.displayName}</h1>
        <button type="button" className="button" onClick={() => void signOut()}>
          Sign out
        </button>
      </div>
      <LastEnd />
      <p className="sign-in-fault" role="alert">
        {error ? `${error.title} ${error.remedy ?? ''}` : templates.error?.title}
      </p>
      <ul className="template-grid" aria-label="Desktops to choose from">
        {templates.value?.items.map((template) => (
          <li key={template.id}>
            <TemplateCard
              template={template}
              isStarting={startingId === template.id}
              blockedBy={startingId ? 'Another one is starting' : undefined}
              onStart={() => void start(template.id)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
