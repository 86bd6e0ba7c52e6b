/** Names that students chose, made harmless for whoever opens an archive. Pure. */

const maxSegmentLength = 100;
const maxDepth = 10;
/** Control characters and those that turn the direction of text; what Windows does not take. */
const unsafe = /[\p{C}\\:*?"<>|]/gu;

/**
 * @param path with `/` between, as a host told it
 * @returns the same without anything that leads elsewhere or cannot be a name; undefined when nothing is left of it
 */
export function safePath(path: string): string | undefined {
  const segments = path
    .split('/')
    .map(safeName)
    .filter((segment) => segment !== '');
  return segments.length === 0 || segments.length > maxDepth ? undefined : segments.join('/');
}

/** @returns one name; empty when nothing is left of it */
export function safeName(name: string): string {
  const cleaned = name.replaceAll('/', '_').replaceAll(unsafe, '_').trim();
  // Dots at the end vanish on Windows; dots alone lead elsewhere.
  const withoutDots = cleaned.replace(/^\.+$/, '').replace(/[. ]+$/, '');
  return [...withoutDots].slice(0, maxSegmentLength).join('');
}

/** Tells names apart that became the same: `a.txt`, `a (2).txt`. Upper and lower case are one, as on Windows and macOS. */
export class UniqueNames {
  readonly #taken = new Set<string>();

  /** @returns the name itself when it is free, else one with a number before its ending */
  take(path: string): string {
    for (let count = 1; ; count += 1) {
      const candidate = count === 1 ? path : numbered(path, count);
      const key = candidate.normalize('NFC').toLowerCase();
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return candidate;
    }
  }
}

function numbered(path: string, count: number): string {
  const [, stem = path, ending = ''] = /^(.*[^/.])(\.[^./]{1,12})$/su.exec(path) ?? [];
  return `${stem} (${count})${ending}`;
}
