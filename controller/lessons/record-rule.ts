import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Queryable } from '../store/database.ts';

type Fields = Readonly<Record<string, unknown>>;

interface RuleChange {
  /** As `lesson.create`. */
  readonly action: string;
  readonly subject: string | null;
  readonly actor: Actor;
  readonly before?: Fields;
  readonly after?: Fields;
}

/** Write down what somebody did to the timetable, or to another rule. */
export function recordRule(tx: Queryable, change: RuleChange): Promise<void> {
  const { action, subject, actor, before, after } = change;
  const { userId: id, username, address } = actor;
  return record(tx, { actor: { id, username }, action, subject, before, after, address });
}
