/** Sessions of each desktop environment that one host takes, where its template says no number. */
const kindCapacities: ReadonlyMap<string, number> = new Map([
  ['xfce', 75],
  ['kde', 50],
  ['gnome', 50],
]);

/** What a template says about how many of its sessions one host takes. */
export interface CapacityRule {
  readonly kind: string | null;
  readonly hostCapacity: number | null;
}

/** @returns how many sessions of a template one host takes; null when only the host's own capacity counts. Pure. */
export function sessionsPerHost({ kind, hostCapacity }: CapacityRule): number | null {
  return hostCapacity ?? (kind === null ? null : (kindCapacities.get(kind) ?? null));
}
