import * as v from 'valibot';

/** How a seat's agent ended by itself, as the strip tells it on its standard output. */
export interface SeatEnd {
  readonly name: string;
  readonly how: string;
  /** Undefined when it is left so. */
  readonly restartInMs: number | undefined;
}

const seatEnd = v.object({ name: v.string(), how: v.string(), restartInMs: v.optional(v.number()) });

/** @returns a line with its end */
export function seatEndLine(end: SeatEnd): string {
  return `${JSON.stringify(end)}\n`;
}

/** @returns undefined for a line that is none of these */
export function parseSeatEndLine(line: string): SeatEnd | undefined {
  try {
    const { name, how, restartInMs } = v.parse(seatEnd, JSON.parse(line));
    return { name, how, restartInMs };
  } catch {
    // Somebody else's words.
    return undefined;
  }
}
