import type { EventName } from '@homeroom/protocol/wire';

/** What an event says, before it gets its id and its time. */
export interface Happening {
  readonly name: EventName;
  /** A sentence for a person. */
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}
