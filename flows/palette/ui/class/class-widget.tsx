import type { ClassRun, Room } from '@homeroom/protocol';
import { countdown } from '@homeroom/web/shared/words/time-words.ts';
import { computed } from 'vue';
import { defineWidget } from '../desk/define-widget.tsx';
import { useDesk } from '../desk/desk.ts';
import { useNow } from '../desk/use-now.ts';
import { useResource } from '../desk/use-resource.ts';
import { EndForm } from './end-form.tsx';
import { RunTable } from './run-table.tsx';
import { runSummary } from './run-words.ts';
import { StartForm } from './start-form.tsx';
import { useRunActions } from './use-run-actions.ts';

/** Start and end the class of a room, and see where each seat stands. */
export const HomeroomClass = defineWidget('HomeroomClass', { setup: setUpClass });

function setUpClass() {
  const { room } = useDesk();
  // Null while the room never had one.
  const wall = useResource<{ run: ClassRun | null }>(
    () => room.value && `rooms/${room.value.id}/wall`,
    ['class-run', 'session', 'device', 'room'],
  );
  const now = useNow(1_000);
  const run = computed(() => wall.value.value?.run ?? undefined);
  const actions = useRunActions(wall.renew);

  return ({ room: shown }: { readonly room: Room }) => {
    const current = run.value;
    const isRunning = current?.state === 'running';
    return (
      <div class="hr-wall">
        <div class="hr-cards">
          <StartForm key={shown.id} room={shown.id} isRunning={isRunning} onStarted={wall.renew} />
          <EndForm room={shown.id} running={isRunning ? current.kind : null} onEnding={wall.renew} />
        </div>
        {current ? (
          <section class="hr-card" aria-label="The last run">
            <div class="hr-bar">
              <p class="hr-summary" role="status">
                {runSummary(current)}
              </p>
              {warning(current, now.value)}
              {isRunning && (
                <button type="button" class="button danger" onClick={() => void actions.cancel(current)}>
                  Stop it here
                </button>
              )}
            </div>
            <RunTable
              run={current}
              now={now.value}
              onRetry={(seat: string) => void actions.retry(current, seat)}
            />
          </section>
        ) : (
          <p class="hr-hint">No class was started here yet. When one is, each seat has its row here.</p>
        )}
      </div>
    );
  };
}

function warning({ kind, state, warnUntil }: ClassRun, now: Date) {
  if (kind !== 'end' || state !== 'running' || warnUntil === null) return undefined;
  const left = countdown(warnUntil, now);
  return left === undefined ? undefined : <strong>{`Desktops end in ${left}`}</strong>;
}
