import type { KioskView, Me, Session, StreamTicket } from '@homeroom/protocol';
import { toApiError } from '../shared/api/api-error.ts';
import { fetchMe, request } from '../shared/api/request.ts';
import { openChanges } from '../shared/live/open-changes.ts';
import { endWords, placeWords } from '../shared/words/session-words.ts';
import { estimateWords } from '../shared/words/waiting-words.ts';
import { startBanner } from './banner.ts';
import { startBar } from './bar.ts';
import { startClipboard } from './clipboard.ts';
import { keepConnected } from './connection.ts';
import { startEndQuestion } from './end-question.ts';
import { type Ending, startEnding } from './ending.ts';
import { findElement } from './find-element.ts';
import type { NextStep } from './next-step.ts';
import { showOnlookers } from './onlooker-mark.ts';
import { showPageState } from './page-state.ts';
import { createPause } from './pause.ts';
import { requestTicket } from './request-ticket.ts';
import type { Screen, ScreenEvents } from './screen.ts';
import { showHint } from './show-hint.ts';
import { streamUrl } from './stream-url.ts';
import { startTouchKeyboard } from './touch-keyboard.ts';
import { findVeil } from './veil.ts';
import { waitingSteps } from './waiting-steps.ts';
import { watchSession } from './watch-session.ts';
import { watchSlowness } from './watch-slowness.ts';

export interface DesktopPageOptions {
  readonly sessionId: string;
  /** Already on its way when the page starts. */
  readonly firstTicket: Promise<StreamTicket>;
  /** noVNC and what is around it, already loading. */
  readonly screen: Promise<typeof import('./screen.ts')>;
}

/** Time to read where the desktop went. */
const movedMs = 6_000;
/** Should the change be lost on its way. */
const queuedMs = 30_000;

/** The desktop's page: the stream, the veil over it, the bar, the clipboard, and what the controller tells meanwhile. */
export class DesktopPage {
  readonly #options: DesktopPageOptions;
  readonly #veil = findVeil();
  readonly #pausing = createPause();
  readonly #over = new AbortController();
  readonly #ending: Ending = startEnding({
    keep: () => this.#keep(),
    giveBackFocus: () => this.#screen?.focus(),
  });
  readonly #clipboard = startClipboard((text) => this.#screen?.paste(text));
  #firstTicket: Promise<StreamTicket> | undefined;
  #screen: Screen | undefined;
  #me: Me | undefined;
  #isQueued = false;

  constructor(options: DesktopPageOptions) {
    this.#options = options;
    this.#firstTicket = options.firstTicket;
  }

  start(): void {
    const focusScreen = (): void => this.#screen?.focus();
    startBar({
      giveBackFocus: focusScreen,
      openClipboard: this.#clipboard.openDialog,
      openKeyboard: startTouchKeyboard((keysym) => this.#screen?.press(keysym)),
      reachNotice: this.#ending.reach,
      leave: () => this.#goHome(),
      askEnd: startEndQuestion(() => void this.#endSession(), focusScreen),
    });
    watchSlowness();
    void this.#stream();
    void this.#follow(startBanner(focusScreen).show);
  }

  #stream(): Promise<void> {
    return keepConnected(
      {
        requestTicket: () => this.#ticket(),
        open: (ticket, events) => this.#open(ticket, events),
        // In the queue there is nothing to connect to; the change that ends the wait is told.
        pause: (delayMs) => this.#pausing.pause(this.#isQueued ? Math.max(delayMs, queuedMs) : delayMs),
        chance: Math.random,
        signal: this.#over.signal,
      },
      {
        connected: () => showPageState('connected'),
        painted: () => showPageState('painted'),
        copied: this.#clipboard.take,
        broke: (step) => this.#broke(step),
      },
    );
  }

  #ticket(): Promise<StreamTicket> {
    const ticket = this.#firstTicket ?? requestTicket(this.#options.sessionId);
    this.#firstTicket = undefined;
    return ticket;
  }

  async #open(ticket: StreamTicket, events: ScreenEvents): Promise<Screen> {
    const { openScreen } = await this.#options.screen;
    const url = streamUrl(ticket, window.location.href);
    this.#screen = openScreen(findElement('screen', HTMLElement), url, events);
    return this.#screen;
  }

  /** What the controller tells beside the stream: the session's end, the place in the queue, the teacher's words. */
  async #follow(showMessage: (message: string | null) => void): Promise<void> {
    const me = await fetchMe().catch(() => undefined);
    if (!me) return;
    this.#me = me;
    // At a seat the desktop is what is shown: leaving it open would only come back here.
    findElement('bar-leave', HTMLButtonElement).hidden = me.kiosk !== null;
    watchSession(this.#options.sessionId, me, openChanges(), {
      session: (session) => this.#sessionSeen(session),
      message: showMessage,
    });
  }

  #sessionSeen(session: Session): void {
    this.#isQueued = session.state === 'waiting';
    this.#ending.show(session);
    showOnlookers(session);
    this.#clipboard.limit(session.policies ?? {});
    if (session.state === 'ended') this.#end('This desktop has ended', endWords(session));
    else if (this.#isQueued) this.#wait(session);
    else this.#pausing.wake();
  }

  /** The way out is there, too: another desktop may be ready, and nobody has to wait. */
  #wait(session: Session): void {
    this.#veil.say(
      'Waiting for a desktop',
      waitWords(session),
      [
        { label: 'Choose another desktop', run: () => this.#goHome() },
        { label: 'Stop waiting', run: () => void this.#endSession() },
      ],
      waitingSteps(session.steps),
    );
  }

  #broke(step: NextStep): void {
    if (step.what === 'ended') this.#end(step.title, step.text);
    else if (step.what === 'moved') void this.#moved(step);
    else if (step.what === 'sign-in') window.location.replace(this.#signInPath());
    else this.#interrupted(step);
  }

  #interrupted({ what, title, text }: NextStep): void {
    const isWaiting = what === 'wait';
    showPageState(isWaiting ? 'connecting' : 'disconnected');
    // The session's own words tell more: its place in the queue.
    if (isWaiting && this.#isQueued) return;
    this.#veil.say(title, text, isWaiting ? [] : [{ label: 'Try now', run: this.#pausing.wake }]);
  }

  /** May be called twice: the stream tells first that it is over, the session tells why. */
  #end(title: string, text: string): void {
    this.#over.abort();
    this.#screen?.close();
    showPageState('ended');
    const label = this.#me?.kiosk ? 'Back to this seat' : 'Choose a desktop';
    this.#veil.say(title, text, [{ label, isPrimary: true, run: () => this.#goHome() }]);
  }

  /** The old seat says where it went, and returns to its sign-in by itself. */
  async #moved({ title, text }: NextStep): Promise<void> {
    this.#end(title, text);
    if (!this.#me?.kiosk) return;
    setTimeout(() => this.#goHome(), movedMs);
    const view = await request<KioskView>('GET', 'kiosk').catch(() => undefined);
    if (view?.movedTo) this.#end(`Your desktop moved to ${view.movedTo}`, text);
  }

  async #keep(): Promise<void> {
    try {
      this.#sessionSeen(await request<Session>('POST', `sessions/${this.#options.sessionId}/keep`));
      showHint('Your desktop is kept.');
    } catch (caught) {
      const { title, remedy = '' } = toApiError(caught);
      showHint(`${title} ${remedy}`);
    }
  }

  async #endSession(): Promise<void> {
    try {
      await request('DELETE', `sessions/${this.#options.sessionId}`);
      this.#goHome();
    } catch (caught) {
      const error = toApiError(caught);
      if (error.code === 'session_ended') this.#goHome();
      else showHint(`${error.title} ${error.remedy ?? ''}`);
    }
  }

  #goHome(): void {
    window.location.assign(this.#me?.kiosk ? `/kiosk/${this.#me.kiosk.device}` : '/');
  }

  #signInPath(): string {
    return this.#me?.kiosk ? `/kiosk/${this.#me.kiosk.device}` : `/?next=/desktop/${this.#options.sessionId}`;
  }
}

function waitWords({ place, estimateS }: Session): string {
  return `${placeWords(place)} ${estimateWords(estimateS)}`;
}
