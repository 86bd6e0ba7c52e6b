import type { Session, Template, User } from '@homeroom/protocol';
import { useEffect, useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { TemplateCard } from '../../shared/ui/template-card.tsx';
import { warmDesktopPage } from '../../shared/warm-desktop-page.ts';
import { Empty } from '../shell/empty.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { useAction } from '../toasts/use-action.ts';
import { MySession } from './my-session.tsx';
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
  const goWhenReady = useGoWhenReady(mine);

  useEffect(() => void warmDesktopPage(), []);

  const start = async (template: Template): Promise<void> => {
    setStartingId(template.id);
    await starting.run(async () =>
      goWhenReady(await request<Session>('POST', 'sessions', { body: { template: template.id } })),
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
      {mine && <MySession session={mine} templateName={nameOf(mine.template)} />}
      {templates.value?.items.length === 0 && (
        <Empty title="No desktops yet" icon="desktop">
          An admin adds templates; each appears here as a card.
        </Empty>
      )}
      <ul className="template-grid" aria-label="Desktops to choose from">
        {templates.value?.items.map((template) => (
          <li key={template.id}>
            <TemplateCard
              template={template}
              isStarting={startingId === template.id}
              blockedBy={mine ? 'End your desktop first' : startingId && 'Another one is starting'}
              onStart={() => void start(template)}
            />
          </li>
        ))}
      </ul>
    </Page>
  );
}
