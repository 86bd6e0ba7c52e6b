import { beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../log.ts';
import { ManualClock, settle } from '../testing/manual-clock.ts';
import { KioskIdentity } from './kiosk-identity.ts';
import type { KioskCookie } from './kiosk-port.ts';

const minuteMs = 60_000;

describe('KioskIdentity', () => {
  let clock: ManualClock;
  let set: string[];
  let fetched: number;
  let answer: () => Promise<KioskCookie | undefined>;
  let identity: KioskIdentity;

  beforeEach(() => {
    clock = new ManualClock();
    set = [];
    fetched = 0;
    answer = async () => {
      fetched += 1;
      const expiresAt = new Date(clock.now().getTime() + 60 * minuteMs);
      return { name: 'seat', value: `cookie ${fetched}`, expiresAt };
    };
    identity = new KioskIdentity({
      fetchCookie: () => answer(),
      setCookie: async ({ value }) => {
        set.push(value);
        return true;
      },
      clock,
      log: silentLog,
    });
  });

  it('puts a cookie into the browser before the first visit', async () => {
    await identity.prepare();
    expect(set).toEqual(['cookie 1']);
  });

  it('uses a good one again for a browser that was restarted', async () => {
    await identity.prepare();
    await identity.prepare();
    expect(set).toEqual(['cookie 1', 'cookie 1']);
  });

  it('renews it by itself before it expires', async () => {
    await identity.prepare();
    await clock.advance(46 * minuteMs);
    expect(set).toEqual(['cookie 1', 'cookie 2']);
  });

  it('tries again when the controller does not answer', async () => {
    const working = answer;
    answer = () => Promise.reject(new Error('away'));
    await identity.prepare();
    expect(set).toEqual([]);
    answer = working;
    await clock.advance(30_000);
    expect(set).toEqual(['cookie 1']);
  });

  it('replaces one that the controller does not know, and tells that a reload makes sense', async () => {
    await identity.prepare();
    expect(await identity.replace()).toBe(true);
    expect(set).toEqual(['cookie 1', 'cookie 2']);
  });

  it('does not ask for cookie after cookie when none of them helps', async () => {
    await identity.prepare();
    await identity.replace();
    await clock.advance(9_000);
    expect(await identity.replace()).toBe(false);
    expect(fetched).toBe(2);
    await clock.advance(1_000);
    expect(await identity.replace()).toBe(true);
  });

  it('makes no reload of a device without a credential', async () => {
    answer = async () => undefined;
    await identity.prepare();
    expect(await identity.replace()).toBe(false);
  });

  it('leaves no timer behind when it is stopped', async () => {
    await identity.prepare();
    identity.stop();
    await settle();
    expect(clock.waiting).toBe(0);
  });
});
