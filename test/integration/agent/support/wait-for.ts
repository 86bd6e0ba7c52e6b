/**
 * Wait for a condition.
 *
 * @returns its first value that is neither undefined nor false
 * @throws when it does not come within `timeoutMs`
 */
export async function waitFor<T>(
  what: string,
  look: () => T | undefined | false,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = look();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
