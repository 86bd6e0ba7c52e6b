const slowMs = 350;
const inARow = 2;

/**
 * Tells a slow connection from a single late answer.
 *
 * @returns a function that takes each round trip (Infinity where no answer came) and answers whether it is slow now
 */
export function createSlowness(): (roundTripMs: number) => boolean {
  let slowOnes = 0;
  return (roundTripMs) => {
    slowOnes = roundTripMs > slowMs ? slowOnes + 1 : 0;
    return slowOnes >= inARow;
  };
}
