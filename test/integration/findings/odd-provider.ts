/** A provider that does with each desktop whatever its mood for it says; what its desktops are is the test's to see. */
import type {
  Assignment,
  DesktopSpec,
  ListedDesktop,
  Progress,
  Provider,
  StreamAddress,
} from '@homeroom/controller/desktops/provider.ts';
import { HomeroomError } from '@homeroom/protocol';

/**
 * - `honest`: as it should be
 * - `silent`: never answers, whatever the signal says
 * - `nonsense`: answers something else every time, none of it an answer
 * - `late`: does it, and answers when nobody waits any more
 * - `forgetful`: does it, and says that it never heard of the desktop
 * - `failing`: every call fails
 * - `undying`: makes desktops, and says for ever that it is about to remove them
 */
export const moods = ['honest', 'silent', 'nonsense', 'late', 'forgetful', 'failing', 'undying'] as const;
export type Mood = (typeof moods)[number];

const nonsense: readonly unknown[] = [
  undefined,
  null,
  7,
  [],
  {},
  { state: 'splendid' },
  { state: 'ready', hostId: 3 },
];

export class OddProvider implements Provider {
  readonly name = 'simulated';
  readonly hasCold = true;
  /** What there is, by the name that the provider lists. */
  readonly there = new Set<string>();
  readonly deleted: string[] = [];
  /** Of the list. */
  listMood: 'honest' | 'silent' | 'nonsense' | 'failing' = 'honest';
  readonly #moodOf: (desktop: string) => Mood;
  #spoken = 0;

  constructor(moodOf: (desktop: string) => Mood = () => 'honest') {
    this.#moodOf = moodOf;
  }

  create(desktop: DesktopSpec): Promise<Progress> {
    this.there.add(desktop.id);
    return this.#answer(desktop, { state: 'ready', ref: {} });
  }

  warm(desktop: DesktopSpec): Promise<Progress> {
    return this.#answer(desktop, { state: 'ready' });
  }

  cool(desktop: DesktopSpec): Promise<Progress> {
    return this.#answer(desktop, { state: 'cold' });
  }

  poll(desktop: DesktopSpec): Promise<Progress> {
    return this.#answer(desktop, { state: this.there.has(desktop.id) ? 'ready' : 'gone' });
  }

  async assign({ id }: DesktopSpec, { secret }: Assignment): Promise<StreamAddress> {
    return { kind: 'vnc', via: { unix: `/nonexistent/${id}` }, secret };
  }

  delete(desktop: DesktopSpec): Promise<Progress> {
    this.deleted.push(desktop.id);
    if (this.#moodOf(desktop.id) === 'undying')
      return Promise.resolve({ state: 'working', reason: 'In a moment.' });
    this.there.delete(desktop.id);
    return this.#answer(desktop, { state: 'gone' });
  }

  list(): Promise<ListedDesktop[]> {
    if (this.listMood === 'silent') return never();
    if (this.listMood === 'failing')
      return Promise.reject(new HomeroomError('provider_failed', 'Out of order.'));
    if (this.listMood === 'nonsense') return Promise.resolve('plenty' as never);
    return Promise.resolve([...this.there].map((id) => ({ id })));
  }

  #answer({ id }: DesktopSpec, answer: Progress): Promise<Progress> {
    switch (this.#moodOf(id)) {
      case 'silent':
      case 'late':
        return never();
      case 'failing':
        return Promise.reject(new HomeroomError('provider_failed', 'Out of order.'));
      case 'forgetful':
        return Promise.resolve({ state: 'gone', reason: 'Never heard of it.' });
      case 'nonsense':
        this.#spoken += 1;
        return Promise.resolve(nonsense[this.#spoken % nonsense.length] as never);
      default:
        return Promise.resolve(answer);
    }
  }
}

function never(): Promise<never> {
  return new Promise<never>(() => undefined);
}
