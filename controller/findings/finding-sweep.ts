import type { DueFinding, FindingBook, Look } from './finding-book.ts';
import type { Sighting } from './sighting.ts';

/** Looks for one sort of thing in the records, and mends what it may. */
export interface FindingSweep {
  /** Of all sweeps: the findings of this one are closed by its looks alone. */
  readonly name: string;
  /** @returns what is not well now, some {@link maxSightings} at the most */
  find(): Promise<Sighting[]>;
  /**
   * Mend one finding of this look whose grace is over; it is judged anew, for it may be over.
   *
   * @returns what was done, as a sentence; undefined when it could not be done yet, or there was nothing to do
   */
  mend?(due: DueFinding): Promise<string | undefined>;
}

/** So many of one sweep are told of: a thousand lines tell nobody more. */
export const maxSightings = 200;

/** Take one look: report, then mend what is due, then end what is over. */
export async function runSweep(book: FindingBook, sweep: FindingSweep): Promise<void> {
  const look: Look = { sweeper: sweep.name, startedAt: performance.now() };
  const sightings = await sweep.find();
  await book.report(look, sightings);
  if (sweep.mend && sightings.length > 0) {
    for (const due of await book.takeDue(look)) {
      const deed = await sweep.mend(due);
      if (deed !== undefined) await book.mended(due.id, deed);
    }
  }
  // What a full list left out may stand all the same.
  if (sightings.length < maxSightings) await book.close(look);
}
