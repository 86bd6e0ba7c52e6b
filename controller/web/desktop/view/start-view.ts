import './view.css';
import { BroadcastPage } from './broadcast-page.ts';
import type { Viewing } from './viewing.ts';
import { WatchPage } from './watch-page.ts';

/** Open the page of somebody who looks at a desktop of others. */
export function startView(
  viewing: Exclude<Viewing, { kind: 'own' }>,
  screen: Promise<typeof import('../screen.ts')>,
): void {
  document.body.dataset.view = viewing.kind;
  if (viewing.kind === 'broadcast') new BroadcastPage({ broadcastId: viewing.broadcast, screen }).start();
  else new WatchPage({ sessionId: viewing.session, purpose: viewing.kind, screen }).start();
}
