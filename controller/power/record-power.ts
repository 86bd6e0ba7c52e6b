import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Queryable } from '../store/database.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Deed {
  /** As `seat.power`. */
  readonly action: string;
  readonly subject: string;
  readonly actor: Actor;
  readonly details?: Fields;
  readonly before?: Fields;
  readonly after?: Fields;
}

/** Write down what somebody did to relays, to the power of seats, or to HDMI switches. */
export function recordPower(tx: Queryable, { actor, ...deed }: Deed): Promise<void> {
  const { userId: id, username, address } = actor;
  return record(tx, { actor: { id, username }, address, ...deed });
}
