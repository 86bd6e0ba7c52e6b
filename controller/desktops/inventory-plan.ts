/** What to do where a provider and the records differ. Pure. */
import type { DesktopState } from '@homeroom/protocol';
import type { Sighting } from '../findings/sighting.ts';
import { isUuid } from '../store/uuid.ts';

/** A desktop that one of the two has and the other has not; what both agree on is left out. */
export interface Difference {
  readonly id: string;
  /** On record; null when it is on none. */
  readonly state: DesktopState | null;
  /** Whose it is on record; null when it is on none. */
  readonly provider: string | null;
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
  /** Listed, but on record as another provider's: never touched either. */
  readonly misplaced: readonly { readonly id: string; readonly provider: string }[];
}

/** @returns which of the listed names can be ids of ours, and which cannot */
export function partListed(names: readonly string[]): { ids: string[]; strangers: string[] } {
  const ids = names.filter(isUuid);
  return { ids, strangers: ids.length === names.length ? [] : names.filter((name) => !isUuid(name)) };
}

/**
 * @param provider whose list it is
 * @param differences listed ones that are on record as gone, as another's or on none, and unlisted ones that should be there
 */
export function planInventory(provider: string, differences: readonly Difference[]): InventoryPlan {
  const own = differences.filter((each) => each.provider === provider);
  return {
    leftovers: own.filter(({ state }) => state === 'gone').map(({ id }) => id),
    missing: own.flatMap(({ id, state }) => (state === null || state === 'gone' ? [] : [{ id, state }])),
    strangers: differences.filter((each) => each.provider === null).map(({ id }) => id),
    misplaced: differences.flatMap((each) =>
      each.provider === null || each.provider === provider ? [] : [{ id: each.id, provider: each.provider }],
    ),
  };
}

/** A desktop that stands unused and that nobody can ask after so often in a row is given up: another costs nothing. */
export const unansweredLimit = 3;

/** A list that was made while a desktop was removed may still name it. */
export const leftoverGraceMs = 10_000;

/** So many of each are told of: a thousand lines tell nobody more. */
export const maxTold = 200;

const untouched = 'Nothing: Homeroom touches only what is its own. Whoever made it may remove it.';

/** @returns what is told of the differences that are not asked after first */
export function inventorySightings(
  provider: string,
  { leftovers, strangers, misplaced }: InventoryPlan,
  graceMs = leftoverGraceMs,
): Sighting[] {
  return [
    ...leftovers.slice(0, maxTold).map((subject) => ({
      kind: 'forgotten' as const,
      provider,
      subject,
      reason: 'The provider has this desktop although it is on record as gone.',
      mend: 'It is removed again, by its id.',
      graceMs,
    })),
    ...strangers.slice(0, maxTold).map((subject) => ({
      kind: 'foreign' as const,
      provider,
      subject,
      reason: 'The provider lists this among Homeroom’s desktops, but it is on no record.',
      mend: untouched,
      graceMs: null,
    })),
    ...misplaced.slice(0, maxTold).map(({ id, provider: owner }) => ({
      kind: 'foreign' as const,
      provider,
      subject: id,
      reason: `The provider lists this desktop, but it is on record as one of the provider ${owner}.`,
      mend: untouched,
      graceMs: null,
    })),
  ];
}

/** @returns what is told of an unused desktop that is not listed and cannot be asked after */
export function unansweredSighting(provider: string, { id, state }: RecordedDesktop, why: string): Sighting {
  return {
    kind: 'missing',
    provider,
    subject: id,
    reason: `It is on record as ${state}, but the provider does not list it and does not tell of it. ${why}`,
    mend: 'It is asked after again; when nothing is heard of it, it is removed, and its pool makes another.',
    graceMs: null,
  };
}

/** @returns what is told of a provider that does not list its desktops */
export function unlistedSighting(provider: string, why: string): Sighting {
  return {
    kind: 'stuck',
    provider,
    subject: provider,
    reason: `The provider does not tell which desktops it has, so they cannot be compared with the records. ${why}`,
    mend: 'It is asked again every few seconds.',
    graceMs: null,
  };
}
