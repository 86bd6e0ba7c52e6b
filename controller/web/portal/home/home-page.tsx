import type { Session, Template, User } from '@homeroom/protocol';
import { useEffect, useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { LastEnd } from '../../shared/ui/last-end.tsx';
import { TemplateCard } from '../../shared/ui/template-card.tsx';
import { warmDesktopPage } from '../../shared/warm-desktop-page.ts';
import { Link } from '../route/link.tsx';
import { Empty } from '../shell/empty.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { useAction } from '../toasts/use-action.ts';
import { MySession } from './my-session.tsx';
import { MyUsage } from './my-usage.tsx';
import { useGoWhenReady } from './use-go-when-ready.ts';

interface List<T> {
  readonly items: readonly T[];
}

/** Choose a desktop, or go on with the one that is running. */
export function HomePage({ user }: { user: User }) {
  const templates = useResource<List<Template>>('templates', { kinds: ['template', 'pool', 'desktop'] });
  const sessions = useResource<List<Session>>('sessions?state=live', { kinds: ['session'] });
  const [startingId, setStartingId] = useState<string>();
  const starting = useAction();
  const mine = sessions.value?.items.find((session) => session.user === user.id);
  const waiting = mine?.state === 'waiting' ? mine : undefined;
  const goWhenReady = useGoWhenReady(mine);

  useEffect(() => void warmDesktopPage(), []);

  const start = async (template: Template): Promise<void> => {
    setStartingId(template.id);
    await starting.run(async () =>
      goWhenReady(
        waiting
          ? await request<Session>('PATCH', `sessions/${waiting.id}`, { body: { template: template.id } })
          : await request<Session>('POST', 'sessions', { body: { template: template.id } }),
      ),
    );
    setStartingId(undefined);
  };
  const nameOf = (id: string): string => templates.value?.items.find((each) => each.id === id)?.name ?? id;

  return (
    <Page
      title="Choose a desktop"
      lead={`Hello ${user.displayName}. Your files follow you to every desktop.`}
    >
      <ProblemNotice error={templates.error ?? sessions.error} />
      {sessions.value && !mine && <LastEnd />}
      {mine && <MySession session={mine} templateName={nameOf(mine.template)} />}
      {templates.value?.items.length === 0 && (
        <Empty title="No desktops yet" icon="desktop">
          {user.role === 'admin' ? (
            <>
              <Link href="/templates">Make a template</Link>; it appears here as a card.
            </>
          ) : (
            'An admin adds templates; each appears here as a card.'
          )}
        </Empty>
      )}
      <ul className="template-grid" aria-label="Desktops to choose from">
        {templates.value?.items.map((template) => (
          <li key={template.id}>
            <TemplateCard
              template={template}
              isStarting={startingId === template.id}
              blockedBy={blockedBy(template.id, mine, startingId)}
              isInstead={waiting !== undefined}
              onStart={() => void start(template)}
            />
          </li>
        ))}
      </ul>
      <MyUsage />
    </Page>
  );
}

/** Who waits may take another one instead; who has one ends it first. */
function blockedBy(
  id: string,
  mine: Session | undefined,
  startingId: string | undefined,
): string | undefined {
  if (mine && mine.state !== 'waiting') return 'End your desktop first';
  if (mine?.template === id) return 'You wait for this one';
  return startingId && 'Another one is starting';
}
