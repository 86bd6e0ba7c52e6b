import type { Kiosk, KioskStatus } from '@homeroom/agent/kiosk/kiosk-port.ts';
import type { LocalPage } from '@homeroom/agent/kiosk/local-page.ts';
import type { Place, Strokes } from '@homeroom/agent/kiosk/seat-input.ts';
import { HomeroomError } from '@homeroom/protocol';

/** A kiosk that shows everything at once and remembers it. */
export class FakeKiosk implements Kiosk {
  status: KioskStatus = { state: 'starting', url: null, loadedAt: null };
  readonly shown: string[] = [];
  readonly local: LocalPage[] = [];
  readonly identified: string[] = [];
  readonly typed: Strokes[] = [];
  readonly clicked: Place[] = [];
  restarts = 0;
  /** A page that it refuses. */
  refuses: string | undefined;
  readonly #statusListeners = new Set<(status: KioskStatus) => void>();
  readonly #crashListeners = new Set<(reason: string) => void>();

  async start(): Promise<void> {
    this.#become({ ...this.status, state: 'local' });
  }

  async stop(): Promise<void> {
    this.#statusListeners.clear();
  }

  async show(url: string): Promise<void> {
    if (url === this.refuses) throw new HomeroomError('kiosk_url_not_allowed');
    this.shown.push(url);
    this.#become({ state: 'showing', url, loadedAt: new Date().toISOString() });
  }

  async showLocal(page: LocalPage): Promise<void> {
    this.local.push(page);
    this.#become({ state: 'local', url: null, loadedAt: null });
  }

  async identify(seconds: number, name: string): Promise<void> {
    this.identified.push(`${name} for ${seconds} s`);
  }

  async restart(): Promise<void> {
    this.restarts += 1;
  }

  async screenshot(): Promise<{ base64: string; takenAt: Date }> {
    return { base64: 'AAAA', takenAt: new Date() };
  }

  async type({ text, key }: Strokes): Promise<void> {
    this.typed.push({ text, key });
  }

  async click({ x, y }: Place): Promise<void> {
    this.clicked.push({ x, y });
  }

  crash(reason: string): void {
    for (const listener of this.#crashListeners) listener(reason);
  }

  onStatus(listener: (status: KioskStatus) => void): () => void {
    this.#statusListeners.add(listener);
    return () => this.#statusListeners.delete(listener);
  }

  onCrash(listener: (reason: string) => void): () => void {
    this.#crashListeners.add(listener);
    return () => this.#crashListeners.delete(listener);
  }

  #become(status: KioskStatus): void {
    this.status = status;
    for (const listener of this.#statusListeners) listener(status);
  }
}
