import '../shared/styles/tokens.css';
import '../shared/styles/base.css';
import '../shared/styles/controls.css';
import '../shared/ui/dialog.css';
import './desktop.css';
import { DesktopPage } from './desktop-page.ts';
import { requestTicket } from './request-ticket.ts';

const [, , sessionId = ''] = window.location.pathname.split('/');
// The ticket is asked for and noVNC is loaded at the same time; everything else comes after.
const ticket = requestTicket(sessionId);
const screen = import('./screen.ts');
new DesktopPage({ sessionId, firstTicket: ticket, screen }).start();
