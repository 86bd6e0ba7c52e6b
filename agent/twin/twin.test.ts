import { type Desired, HomeroomError, type Reported } from '@homeroom/protocol/wire';
import { describe, expect, it } from 'vitest';
import type { KioskStatus } from '../kiosk/kiosk-port.ts';
import { silentLog } from '../log.ts';
import { ManualClock, settle } from '../testing/manual-clock.ts';
import { Twin } from './twin.ts';

const desired = (revision: number, url = '/kiosk/seat-1', power: 'on' | 'off' = 'on'): Desired => ({
  revision,
  kiosk: { url },
  screen: { power },
  lock: false,
});

function build(last?: Desired) {
  const clock = new ManualClock();
  const done: string[] = [];
  const written: number[] = [];
  const reports: Reported[] = [];
  const diskFaults: Error[] = [];
  const world = {
    screen: 'on' as 'on' | 'off' | 'unknown',
    isMuted: false,
    failMute: undefined as Error | undefined,
    failShow: undefined as Error | undefined,
    failScreen: undefined as Error | undefined,
    failWrite: undefined as Error | undefined,
    slowWrite: undefined as Promise<void> | undefined,
    origin: 'https://controller' as string | undefined,
  };
  const status: KioskStatus = { state: 'showing', url: null, loadedAt: null };
  const twin = new Twin({
    kiosk: {
      status,
      onStatus: () => () => undefined,
      show: async (url) => {
        done.push(url);
        if (world.failShow) throw world.failShow;
      },
    },
    screen: {
      set: async (power) => {
        done.push(`screen ${power}`);
        if (world.failScreen) throw world.failScreen;
        world.screen = power;
      },
      read: async () => world.screen,
    },
    audio: {
      setMuted: async (muted) => {
        done.push(muted ? 'mute' : 'unmute');
        if (world.failMute) throw world.failMute;
        world.isMuted = muted;
      },
      readMuted: async () => world.isMuted,
    },
    resolveUrl: (url) => world.origin && `${world.origin}${url}`,
    file: {
      read: async () => last,
      write: async ({ revision }) => {
        if (world.failWrite) throw world.failWrite;
        await world.slowWrite;
        written.push(revision);
      },
    },
    publish: (reported) => reports.push(reported),
    onDiskFault: (error) => diskFaults.push(error),
    clock,
    chance: () => 1,
    log: silentLog,
  });
  return { clock, twin, done, written, reports, diskFaults, world };
}

/** Started, with the screen its own. */
async function started(...args: Parameters<typeof build>) {
  const built = build(...args);
  await built.twin.start({ useLast: true });
  built.twin.releasePage();
  await settle();
  return built;
}

describe('Twin', () => {
  it('shows the page of a document, keeps it and reports its revision', async () => {
    const { twin, done, written, reports } = await started();
    await twin.follow(desired(4));
    await settle();
    expect(done).toEqual(['https://controller/kiosk/seat-1']);
    expect(written).toEqual([4]);
    expect(reports.at(-1)).toEqual({
      revision: 4,
      kiosk: { state: 'showing', url: null, loadedAt: null },
      screen: { power: 'on' },
      lock: false,
      audio: { muted: false },
    });
    await twin.stop();
  });

  it('does nothing for a document that the broker repeats', async () => {
    const { twin, done, written } = await started();
    await twin.follow(desired(4));
    await settle();
    await twin.follow(desired(4));
    await settle();
    expect(done).toHaveLength(1);
    expect(written).toEqual([4]);
    await twin.stop();
  });

  it('takes up the last document before the controller answers', async () => {
    const { twin, done } = await started(desired(7));
    expect(done).toEqual(['https://controller/kiosk/seat-1']);
    await twin.stop();
  });

  it('does not take up a document that may be another device’s', async () => {
    const { twin, done } = build(desired(7));
    await twin.start({ useLast: false });
    twin.releasePage();
    await settle();
    expect(done).toEqual([]);
    await twin.stop();
  });

  it('leaves the screen to the agent’s own page until that is released', async () => {
    const { twin, done } = await started();
    await twin.follow(desired(1));
    await settle();
    twin.holdPage();
    await twin.follow(desired(2, '/desktop/1'));
    await settle();
    expect(done).toHaveLength(1);
    twin.releasePage();
    await settle();
    expect(done.at(-1)).toBe('https://controller/desktop/1');
    await twin.stop();
  });

  it('tells a step that failed and tries it again, later each time', async () => {
    const { twin, clock, done, reports, world } = await started();
    world.failScreen = new HomeroomError('hardware_failed', 'no answer');
    await twin.follow(desired(1, '/kiosk/seat-1', 'off'));
    await settle();
    expect(reports.at(-1)?.screen).toEqual({
      power: 'on',
      error: { code: 'hardware_failed', message: 'no answer' },
    });
    await clock.advance(5_999);
    expect(done.filter((step) => step === 'screen off')).toHaveLength(2);
    world.failScreen = undefined;
    await clock.advance(1);
    expect(reports.at(-1)?.screen).toEqual({ power: 'off' });
    expect(clock.waiting).toBe(0);
    await twin.stop();
  });

  it('takes a refused page’s fault back with the page', async () => {
    const { twin, reports, world } = await started();
    await twin.follow(desired(1));
    await settle();
    world.failShow = new HomeroomError('kiosk_url_not_allowed');
    await twin.follow(desired(2, '/elsewhere'));
    await settle();
    expect(reports.at(-1)?.kiosk.error?.code).toBe('kiosk_url_not_allowed');
    world.failShow = undefined;
    await twin.follow(desired(3));
    await settle();
    expect(reports.at(-1)?.kiosk.error).toBeUndefined();
    await twin.stop();
  });

  it('goes on with the newest document when one comes during a step', async () => {
    const { twin, done } = await started();
    await Promise.all([
      twin.follow(desired(1, '/a')),
      twin.follow(desired(2, '/b')),
      twin.follow(desired(3, '/c')),
    ]);
    await settle();
    expect(done.at(-1)).toBe('https://controller/c');
    expect(done).not.toContain('https://controller/b');
    await twin.stop();
  });

  it('follows also when the document cannot be kept, and tells that', async () => {
    const { twin, done, diskFaults, world } = await started();
    world.failWrite = new HomeroomError('disk_full');
    await twin.follow(desired(1));
    await settle();
    expect(done).toHaveLength(1);
    expect(diskFaults).toEqual([world.failWrite]);
    await twin.stop();
  });

  it('reports a screen that somebody switched by its own remote control', async () => {
    const { twin, reports, world } = await started();
    await twin.follow(desired(1));
    await settle();
    world.screen = 'off';
    await twin.lookAtScreen();
    expect(reports.at(-1)?.screen).toEqual({ power: 'off' });
    await twin.stop();
  });

  it('says that it does not know the controller yet, and shows the page once it does', async () => {
    const { twin, clock, done, reports, world } = await started();
    world.origin = undefined;
    await twin.follow(desired(1));
    await settle();
    expect(reports.at(-1)?.kiosk.error?.code).toBe('controller_not_found');
    world.origin = 'https://controller';
    await clock.advance(2_000);
    expect(done).toEqual(['https://controller/kiosk/seat-1']);
    await twin.stop();
  });

  it('stops only when the last document is on disk, and writes one after the other', async () => {
    const { twin, world, written } = await started();
    const disk = Promise.withResolvers<void>();
    world.slowWrite = disk.promise;
    void twin.follow(desired(1));
    void twin.follow(desired(2));
    let hasStopped = false;
    const stopped = twin.stop().then(() => {
      hasStopped = true;
    });
    await settle();
    expect([written, hasStopped]).toEqual([[], false]);
    disk.resolve();
    await stopped;
    expect(written).toEqual([1, 2]);
  });

  it('silences the machine when a document says so, and lets it sound again', async () => {
    const { twin, done, reports } = await started();
    await twin.follow({ ...desired(1), audio: { muted: true } });
    await settle();
    expect(reports.at(-1)?.audio).toEqual({ muted: true });
    await twin.follow({ ...desired(2), audio: { muted: false } });
    await settle();
    expect(reports.at(-1)?.audio).toEqual({ muted: false });
    expect(done.filter((step) => step.endsWith('mute'))).toEqual(['mute', 'unmute']);
  });

  it('leaves the sound as it is when a document says nothing of it', async () => {
    const { twin, done } = await started();
    await twin.follow({ ...desired(1), audio: { muted: true } });
    await twin.follow(desired(2));
    await settle();
    expect(done.filter((step) => step.endsWith('mute'))).toEqual(['mute']);
  });

  it('tells why there is no silence, and tries again', async () => {
    const { twin, clock, reports, world } = await started();
    world.failMute = new HomeroomError('hardware_failed', 'no sound system took it');
    await twin.follow({ ...desired(1), audio: { muted: true } });
    await settle();
    expect(reports.at(-1)?.audio).toEqual({
      muted: false,
      error: { code: 'hardware_failed', message: 'no sound system took it' },
    });
    world.failMute = undefined;
    await clock.advance(2_000);
    expect(reports.at(-1)?.audio).toEqual({ muted: true });
    await twin.stop();
  });
});
