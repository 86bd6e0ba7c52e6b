import type { CdpCommands, CdpEvents } from './cdp-protocol.ts';

type GateCommand = 'Fetch.enable' | 'Fetch.continueRequest' | 'Fetch.continueResponse' | 'Fetch.failRequest';

export interface DocumentGateEvents {
  readonly isAllowed: (url: string) => boolean;
  /** A page was asked for that may not be shown; the screen stays as it is. */
  readonly refused: (url: string) => void;
  /** The controller does not know the seat's cookie. */
  readonly unauthorised: () => void;
}

export interface DocumentGateOptions {
  readonly send: <M extends GateCommand>(
    method: M,
    params: CdpCommands[M]['params'],
  ) => Promise<CdpCommands[M]['result']>;
  /** The main frame of the page. */
  readonly frameId: string;
  /** The path whose 401 tells that the seat's cookie is gone. */
  readonly identityPath: string;
  readonly events: DocumentGateEvents;
}

/** The request or its page may be gone when our answer comes: then nothing waits for it. */
const ignoreLateAnswer = () => undefined;

/**
 * Lets documents through that may be shown, whoever asked for them: a link, a redirect, a frame; and reads their
 * HTTP status on the way. By Fetch and not by the Network domain, which would send us every frame of a desktop's
 * stream.
 */
export class DocumentGate {
  readonly #options: DocumentGateOptions;
  #httpStatus: number | undefined;

  constructor(options: DocumentGateOptions) {
    this.#options = options;
  }

  /** The status of the last document of the main frame; undefined when none has come yet. */
  get httpStatus(): number | undefined {
    return this.#httpStatus;
  }

  forgetStatus(): void {
    this.#httpStatus = undefined;
  }

  /** From here on every document waits for our answer. */
  async open(): Promise<void> {
    await this.#options.send('Fetch.enable', {
      patterns: [
        { urlPattern: '*', resourceType: 'Document', requestStage: 'Request' },
        { urlPattern: '*', resourceType: 'Document', requestStage: 'Response' },
        { urlPattern: `*${this.#options.identityPath}`, requestStage: 'Response' },
      ],
    });
  }

  /** Answer one document that waits. */
  decide(paused: CdpEvents['Fetch.requestPaused']): void {
    const { events, send } = this.#options;
    const { requestId, request } = paused;
    const isResponse = paused.responseStatusCode !== undefined || paused.responseErrorReason !== undefined;
    if (isResponse) {
      this.#noteStatus(paused);
      send('Fetch.continueResponse', { requestId }).catch(ignoreLateAnswer);
    } else if (events.isAllowed(request.url)) {
      send('Fetch.continueRequest', { requestId }).catch(ignoreLateAnswer);
    } else {
      // An aborted navigation leaves the old page on the screen; any other error would put its own page there.
      send('Fetch.failRequest', { requestId, errorReason: 'Aborted' }).catch(ignoreLateAnswer);
      events.refused(request.url);
    }
  }

  #noteStatus(paused: CdpEvents['Fetch.requestPaused']): void {
    const isMainDocument = paused.resourceType === 'Document' && paused.frameId === this.#options.frameId;
    if (isMainDocument) this.#httpStatus = paused.responseStatusCode;
    if (paused.responseStatusCode === 401) this.#options.events.unauthorised();
  }
}
