/**
 * How often a seat's picture is renewed: once a second for a small room, slower for a large one, so that thirty
 * seats cost the network what a dozen do.
 */
export function snapshotPeriodMs(seatsOnPage: number): number {
  if (seatsOnPage <= 6) return 1_000;
  return seatsOnPage <= 16 ? 2_000 : 4_000;
}
