import { CliFault } from '../cli-fault.ts';
import { exitCodes } from '../exit-codes.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Pick<T> {
  /** What they are: `room`. */
  readonly kind: string;
  /** A further name that a person may use, as `Room 1/Seat 2`. */
  readonly longName?: (record: T) => string;
}

/**
 * Find what a person means: an id goes before a name, and a name must be of one alone. Pure.
 *
 * @throws CliFault that says what there is
 */
export function pickRecord<T extends Named>(
  records: readonly T[],
  wanted: string,
  { kind, longName }: Pick<T>,
): T {
  const byId = records.find(({ id }) => id === wanted);
  if (byId) return byId;
  const [found, second] = records.filter((record) => record.name === wanted || longName?.(record) === wanted);
  if (found && !second) return found;
  const known = records.map((record) => longName?.(record) ?? record.name).join(', ') || 'none';
  const message = second
    ? `There are several of the name ${wanted}; say which: ${known}.`
    : `There is no ${kind} ${wanted}; there are: ${known}.`;
  throw new CliFault(exitCodes.failed, message);
}
