import type { Seat, Session, Template } from '@homeroom/protocol';
import { useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { TemplateCard } from '../../shared/ui/template-card.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { useAction } from '../toasts/use-action.ts';

/** Log in as if seated here: a desktop of one's own on this seat's screen. */
export function SeatedDialog({ seat, onClose }: { seat: Seat; onClose: () => void }) {
  const templates = useResource<{ items: Template[] }>('templates', {
    kinds: ['template', 'pool', 'desktop'],
  });
  const [startingId, setStartingId] = useState<string>();
  const starting = useAction();

  const start = async (template: string): Promise<void> => {
    setStartingId(template);
    const isDone = await starting.run(
      () => request<Session>('POST', 'sessions', { body: { template, seat: seat.id } }),
      `Your desktop is on its way to ${seat.name}.`,
    );
    setStartingId(undefined);
    if (isDone) onClose();
  };
  return (
    <Dialog title={`Your desktop at ${seat.name}`} onClose={onClose}>
      <p>Choose what to show on this seat’s screen. It is your own desktop, with your files.</p>
      <ProblemNotice error={templates.error} />
      <ul className="form">
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
    </Dialog>
  );
}
