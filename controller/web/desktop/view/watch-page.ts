import type { Me, Session, StreamTicket } from '@homeroom/protocol';
import { toApiError } from '../../shared/api/api-error.ts';
import { fetchMe, request } from '../../shared/api/request.ts';
import { openChanges } from '../../shared/live/open-changes.ts';
import { endWords } from '../../shared/words/session-words.ts';
import { startEndQuestion } from '../end-question.ts';
import type { NextStep } from '../next-step.ts';
import { showPageState } from '../page-state.ts';
import { requestTicket } from '../request-ticket.ts';
import { showHint } from '../show-hint.ts';
import { findVeil } from '../veil.ts';
import { watchSession } from '../watch-session.ts';
import { startViewBar } from './view-bar.ts';
import { openViewStream, type ViewStream } from './view-stream.ts';

type Purpose = 'watch' | 'control';

export interface WatchPageOptions {
  readonly sessionId: string;
  readonly purpose: Purpose;
  readonly screen: Promise<typeof import('../screen.ts')>;
}

/**
 * A student's desktop as a teacher sees it: to look at, or with keyboard and mouse. To take over and to give back is
 * another stream, for the gateway decides by the ticket what it lets through.
 */
export class WatchPage {
  readonly #options: WatchPageOptions;
  readonly #veil = findVeil();
  #purpose: Purpose;
  #stream: ViewStream | undefined;
  #show: ReturnType<typeof startViewBar> | undefined;
  #me: Me | undefined;
  #session: Session | undefined;
  #isOver = false;

  constructor(options: WatchPageOptions) {
    this.#options = options;
    this.#purpose = options.purpose;
  }

  start(): void {
    this.#show = startViewBar({
      takeOver: () => this.#turn('control'),
      giveBack: () => this.#turn('watch'),
      askEnd: startEndQuestion(
        () => void this.#endSession(),
        () => this.#stream?.focus(),
      ),
      leave: () => this.#leave(),
    });
    this.#veil.say('Opening the desktop', '');
    this.#tell();
    this.#open();
    void this.#follow();
  }

  #open(): void {
    const purpose = this.#purpose;
    this.#stream = openViewStream({
      requestTicket: () => this.#ticket(purpose),
      screen: this.#options.screen,
      isInControl: purpose === 'control',
      broke: (step) => this.#broke(step),
    });
  }

  #ticket(purpose: Purpose): Promise<StreamTicket> {
    return requestTicket(this.#options.sessionId, purpose);
  }

  #turn(purpose: Purpose): void {
    if (this.#isOver || this.#purpose === purpose) return;
    showHint('');
    this.#stream?.end();
    this.#purpose = purpose;
    // What a page that is loaded anew goes on with.
    window.history.replaceState(null, '', `?view=${purpose}`);
    this.#tell();
    this.#open();
  }

  async #follow(): Promise<void> {
    this.#me = await fetchMe().catch(() => undefined);
    if (!this.#me) return;
    watchSession(this.#options.sessionId, { ...this.#me, kiosk: null }, openChanges(), {
      session: (session) => this.#sessionSeen(session),
      message: () => undefined,
    });
  }

  #sessionSeen(session: Session): void {
    this.#session = session;
    this.#tell();
    if (session.state === 'ended') this.#end('This desktop has ended', endWords(session));
    else this.#stream?.wake();
  }

  #tell(): void {
    document.body.dataset.view = this.#purpose;
    const others = (this.#session?.onlookers ?? []).filter(
      ({ isInControl, displayName }) => isInControl && displayName !== this.#me?.user?.displayName,
    );
    this.#show?.({
      isInControl: this.#purpose === 'control',
      heldBy: others[0]?.displayName ?? null,
      username: this.#session?.username ?? 'this student',
    });
  }

  #broke(step: NextStep): void {
    if (step.what === 'taken') {
      this.#turn('watch');
      showHint(`${step.title} ${step.text}`);
    } else if (step.what === 'sign-in') window.location.replace(this.#signInPath());
    else if (step.what === 'ended' || step.what === 'moved')
      this.#end('This desktop cannot be looked at', step.text);
    else {
      showPageState(step.what === 'wait' ? 'connecting' : 'disconnected');
      const wake = () => this.#stream?.wake();
      this.#veil.say(step.title, step.text, step.what === 'wait' ? [] : [{ label: 'Try now', run: wake }]);
    }
  }

  /** May be called twice: the stream tells first that it is over, the session tells why. */
  #end(title: string, text: string): void {
    this.#isOver = true;
    this.#stream?.end();
    showPageState('ended');
    this.#veil.say(title, text, [{ label: 'Close', isPrimary: true, run: () => this.#leave() }]);
  }

  async #endSession(): Promise<void> {
    try {
      await request('DELETE', `sessions/${this.#options.sessionId}`);
      this.#end('This desktop has ended', 'You ended it.');
    } catch (caught) {
      const error = toApiError(caught);
      showHint(`${error.title} ${error.remedy ?? ''}`);
    }
  }

  /** A frame is closed by the page around it, a window that a page opened by itself; any other goes back to where it came from. */
  #leave(): void {
    this.#stream?.end();
    if (window.parent !== window) {
      window.parent.postMessage('homeroom:view-left', window.location.origin);
      return;
    }
    window.close();
    if (window.history.length > 1) window.history.back();
    else window.location.assign('/');
  }

  #signInPath(): string {
    const here = `${window.location.pathname}${window.location.search}`;
    return `/?next=${encodeURIComponent(here)}`;
  }
}
