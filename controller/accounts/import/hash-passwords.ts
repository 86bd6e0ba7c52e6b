import { hashPassword } from '../password-hash.ts';

/**
 * Two at a time: Argon2id runs on the four threads that files and names share, and who signs in meanwhile must not
 * wait for a whole school.
 */
const atOnce = 2;

/**
 * Hash many passwords off the event loop; two thousand take about half a minute on two cores.
 *
 * @returns the hashes in the same order
 */
export async function hashPasswords(
  passwords: readonly string[],
  hash: (password: string) => Promise<string> = hashPassword,
): Promise<string[]> {
  const hashes: string[] = [];
  const waiting = passwords.entries();
  const work = async (): Promise<void> => {
    for (const [place, password] of waiting) hashes[place] = await hash(password);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return hashes;
}
