import '../shared/styles/tokens.css';
import '../shared/styles/base.css';
import '../shared/styles/controls.css';
import '../shared/ui/dialog.css';
import './desktop.css';
import { DesktopPage } from './desktop-page.ts';
import { requestTicket } from './request-ticket.ts';
import { viewingOf } from './view/viewing.ts';

const viewing = viewingOf(window.location);
// noVNC is loaded while the ticket is asked for; everything else comes after.
const screen = import('./screen.ts');
if (viewing.kind === 'own') {
  const firstTicket = requestTicket(viewing.session);
  new DesktopPage({ sessionId: viewing.session, firstTicket, screen }).start();
} else {
  // Whoever looks at a desktop of others waits for a little more; whoever works on theirs loads nothing of it.
  void import('./view/start-view.ts').then(({ startView }) => startView(viewing, screen));
}
