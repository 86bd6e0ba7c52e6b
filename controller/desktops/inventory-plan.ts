/** Compare what a provider has with what is on record, both ways. Pure. */
import type { DesktopState } from '@homeroom/protocol';

export interface RecordedDesktop {
  readonly id: string;
  readonly state: DesktopState;
}

export interface InventoryPlan {
  /** The provider has them although they are on record as gone: removed again. */
  readonly leftovers: readonly string[];
  /** On record as ready or claimed, but not listed: the provider is asked for each. */
  readonly missing: readonly RecordedDesktop[];
  /** Listed, but on no record: told to a person, and never touched, for nothing is deleted by guess. */
  readonly strangers: readonly string[];
}

/**
 * @param listed the ids that the provider lists
 * @param recorded the records of the listed ids, and every record of the provider that is ready or claimed
 */
export function planInventory(
  listed: readonly string[],
  recorded: readonly RecordedDesktop[],
): InventoryPlan {
  const byId = new Map(recorded.map((desktop) => [desktop.id, desktop]));
  const isListed = new Set(listed);
  return {
    leftovers: listed.filter((id) => byId.get(id)?.state === 'gone'),
    missing: recorded.filter(
      ({ id, state }) => (state === 'ready' || state === 'claimed') && !isListed.has(id),
    ),
    strangers: listed.filter((id) => !byId.has(id)),
  };
}

/** A ready desktop that nobody can ask after so often in a row is given up: it costs nothing to make another. */
export const unansweredLimit = 3;
