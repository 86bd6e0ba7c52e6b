import type { Broadcast, StreamTicket } from '@homeroom/protocol';
import { ApiError } from '../../shared/api/api-error.ts';
import { fetchMe, request } from '../../shared/api/request.ts';
import { findElement } from '../find-element.ts';
import type { NextStep } from '../next-step.ts';
import { showPageState } from '../page-state.ts';
import { requestTicket } from '../request-ticket.ts';
import { findVeil } from '../veil.ts';
import { openViewStream, type ViewStream } from './view-stream.ts';

export interface BroadcastPageOptions {
  readonly broadcastId: string;
  readonly screen: Promise<typeof import('../screen.ts')>;
}

/** The agent shows what the seat shows instead; this is for when it is late. */
const goBackMs = 2_000;

/** What a seat shows while a desktop is shown to the room. It ends by its own clock too, whoever is away by then. */
export class BroadcastPage {
  readonly #options: BroadcastPageOptions;
  readonly #veil = findVeil();
  #device: string | undefined;
  #stream: ViewStream | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  constructor(options: BroadcastPageOptions) {
    this.#options = options;
  }

  start(): void {
    this.#veil.say('Look here', 'Your teacher shows a desktop.');
    this.#stream = openViewStream({
      requestTicket: () => this.#ticket(),
      screen: this.#options.screen,
      isInControl: false,
      broke: (step) => this.#broke(step),
    });
  }

  async #ticket(): Promise<StreamTicket> {
    this.#device ??= (await fetchMe()).kiosk?.device;
    const broadcast = await request<Broadcast>('GET', `broadcasts/${this.#options.broadcastId}`);
    if (broadcast.endedAt !== null) throw new ApiError({ code: 'broadcast_over', status: 410 });
    this.#tell(broadcast);
    return await requestTicket(broadcast.session, 'broadcast');
  }

  #tell({ displayName, expiresAt }: Broadcast): void {
    const words = findElement('broadcast-words', HTMLParagraphElement);
    words.textContent = `${displayName}’s desktop`;
    words.hidden = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#over(), Math.max(Date.parse(expiresAt) - Date.now(), 0));
  }

  #broke({ what, title, text }: NextStep): void {
    if (what === 'ended' || what === 'moved' || what === 'sign-in') this.#over();
    else if (!this.#isOver) {
      showPageState(what === 'wait' ? 'connecting' : 'disconnected');
      this.#veil.say(title, text);
    }
  }

  #over(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#stream?.end();
    findElement('broadcast-words', HTMLParagraphElement).hidden = true;
    showPageState('ended');
    this.#veil.say('Back to your seat', '');
    setTimeout(() => window.location.replace(this.#device ? `/kiosk/${this.#device}` : '/'), goBackMs);
  }
}
