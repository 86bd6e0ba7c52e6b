/** What to do where a provider and the records differ. Pure. */
import type { DesktopState } from '@homeroom/protocol';

/** A desktop that one of the two has and the other has not; what both agree on is left out. */
export interface Difference {
  readonly id: string;
  /** On record; null when it is on none. */
  readonly state: DesktopState | null;
}

export interface RecordedDesktop {
  readonly id: string;
  readonly state: DesktopState;
}

export interface InventoryPlan {
  /** The provider has them although they are on record as gone: removed again. */
  readonly leftovers: readonly string[];
  /** On record as standing or in use, but not listed: the provider is asked for each. */
  readonly missing: readonly RecordedDesktop[];
  /** Listed, but on no record: told to a person, and never touched, for nothing is deleted by guess. */
  readonly strangers: readonly string[];
}

/** @param differences listed ones that are on record as gone or on none, and unlisted ones that should be there */
export function planInventory(differences: readonly Difference[]): InventoryPlan {
  return {
    leftovers: differences.filter(({ state }) => state === 'gone').map(({ id }) => id),
    missing: differences.flatMap(({ id, state }) =>
      state === null || state === 'gone' ? [] : [{ id, state }],
    ),
    strangers: differences.filter(({ state }) => state === null).map(({ id }) => id),
  };
}

/** A desktop that stands unused and that nobody can ask after so often in a row is given up: another costs nothing. */
export const unansweredLimit = 3;
