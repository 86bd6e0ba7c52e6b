import { randomInt } from 'node:crypto';

/** No letter that is read for another one (l/1, i/j, o/0, c/k, q/g, u/v, x/ks). */
const consonants = 'bdfghkmnprstvwz';
const vowels = 'aeiou';
const syllablesPerWord = 2;
const words = 4;

/**
 * Make a password that can be read aloud and typed from paper: `ribo-tanu-keda-mosi`.
 * Eight syllables of 75 each are 49 random bits; sign-in is throttled, so that is plenty.
 *
 * @param pick returns a whole number from 0 to below its argument
 */
export function createFirstPassword(pick: (below: number) => number = randomInt): string {
  const letter = (alphabet: string) => alphabet.charAt(pick(alphabet.length));
  const syllable = () => letter(consonants) + letter(vowels);
  const word = () => Array.from({ length: syllablesPerWord }, syllable).join('');
  return Array.from({ length: words }, word).join('-');
}
