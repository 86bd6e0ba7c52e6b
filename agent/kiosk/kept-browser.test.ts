import { beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../log.ts';
import { ManualClock, settle } from '../testing/manual-clock.ts';
import { KeptBrowser, type WatchedBrowser } from './kept-browser.ts';

/** A browser that ends when it is told to. */
class FakeBrowser implements WatchedBrowser {
  readonly ending = Promise.withResolvers<string>();
  readonly pins: readonly string[];
  readonly openedMs: number;
  readonly crashed: () => void;
  isAlive = true;
  ends = 0;

  constructor(pins: readonly string[], openedMs: number, crashed: () => void) {
    this.pins = pins;
    this.openedMs = openedMs;
    this.crashed = crashed;
  }

  readonly browser = {
    ended: this.ending.promise,
    end: async () => {
      this.ends += 1;
    },
  };

  readonly page = {
    checkAlive: async () => {
      if (!this.isAlive) throw new Error('no answer');
    },
  };
}

let clock: ManualClock;
let pins: string[];
let crashes: [reason: string, waitMs: number][];
let kept: KeptBrowser<FakeBrowser>;

beforeEach(() => {
  clock = new ManualClock();
  pins = ['pin-1'];
  crashes = [];
  kept = new KeptBrowser({
    launch: async (given, crashed) => new FakeBrowser(given, clock.monotonicMs(), crashed),
    pinnedSpki: () => pins,
    onCrash: (reason, waitMs) => crashes.push([reason, waitMs]),
    clock,
    log: silentLog,
    chance: () => 0.5,
  });
});

describe('the browser that is kept', () => {
  it('is opened once, however often it is asked for', async () => {
    const first = await kept.open();
    expect(await kept.open()).toBe(first);
    expect(kept.current).toBe(first);
  });

  it('is another one after a restart was asked for, once', async () => {
    const first = await kept.open();
    kept.askRestart();
    const second = await kept.open();
    expect(second).not.toBe(first);
    expect(first.ends).toBe(1);
    expect(await kept.open()).toBe(second);
  });

  it('is another one when other keys are pinned', async () => {
    const first = await kept.open();
    pins = ['pin-2'];
    const second = await kept.open();
    expect([first.ends, second.pins]).toEqual([1, ['pin-2']]);
  });

  it('is no more once it was closed, and nothing watches it', async () => {
    const browser = await kept.open();
    await kept.close();
    browser.ending.resolve('closed');
    await clock.advance(120_000);
    expect([kept.current, crashes, clock.waiting, browser.ends]).toEqual([undefined, [], 0, 1]);
  });
});

describe('a browser that ends by itself', () => {
  it.each([
    ['ended', 'killed', (browser: FakeBrowser) => browser.ending.resolve('killed')],
    ['crashed', 'the page crashed', (browser: FakeBrowser) => browser.crashed()],
  ])('is told of and cleared away: its process or page %s', async (_how, reason, end) => {
    const browser = await kept.open();
    end(browser);
    await settle();
    expect(crashes.map(([told]) => told)).toEqual([reason]);
    expect([kept.current, browser.ends, clock.waiting]).toEqual([undefined, 1, 0]);
  });

  it('is told of once, though its page and its process end', async () => {
    const browser = await kept.open();
    browser.crashed();
    browser.ending.resolve('killed');
    await settle();
    expect(crashes).toHaveLength(1);
  });

  it('is one too when its page does not answer', async () => {
    const browser = await kept.open();
    browser.isAlive = false;
    await clock.advance(60_000);
    expect(crashes.map(([reason]) => reason)).toEqual(['the page does not answer']);
    expect(browser.ends).toBe(1);
  });

  it('has another one wait longer each time, until one has lived for a minute', async () => {
    const crashAfter = async (ms: number) => {
      const browser = await kept.open();
      await clock.advance(ms);
      browser.crashed();
      await settle();
      return crashes.at(-1)?.[1] ?? 0;
    };
    const first = await crashAfter(1_000);
    const second = await crashAfter(1_000);
    expect(second).toBeGreaterThan(first);
    expect(await crashAfter(60_001)).toBe(first);
  });
});
