import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Assignment, DesktopSpec, Progress, Provider } from '@homeroom/controller/desktops/provider.ts';
import { ruleOf } from '@homeroom/controller/desktops/provider-rules.ts';
import { HomeroomError } from '@homeroom/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** What a provider's own test file sets up for one test. */
export interface ProviderUnderTest {
  readonly provider: Provider;
  /** Of a template that this provider can make; the default is `{}`. */
  readonly settings?: unknown;
  /** Make a desktop vanish behind the provider's back (its process dies, its machine is removed). */
  loseDesktop(id: string): Promise<void>;
  stop(): Promise<void>;
}

const patienceMs = 15_000;
const pollMs = 20;

/** The rules of `desktops/provider.ts`. Every provider's test file runs this suite. */
export function describeProviderContract(
  name: string,
  { hasCold, setUp }: { hasCold: boolean; setUp: () => Promise<ProviderUnderTest> },
): void {
  describe(`the provider contract, kept by ${name}`, () => {
    let test: ProviderUnderTest;
    let provider: Provider;
    beforeEach(async () => {
      test = await setUp();
      provider = test.provider;
    });
    afterEach(async () => {
      await test.stop();
    });

    const specify = (): DesktopSpec => ({
      id: randomUUID(),
      templateId: 'contract',
      settings: test.settings ?? {},
      kind: null,
      ref: null,
      hostId: null,
      isAssigned: false,
    });

    /** Makes a desktop, as the reconciler does: `create` once, then `poll`; ref and host are handed back. */
    async function makeReady(): Promise<DesktopSpec> {
      const spec = specify();
      return await follow(spec, await provider.create(spec, signal()), 'ready', (known) =>
        provider.poll(known, signal()),
      );
    }

    async function makeAssigned(ready?: DesktopSpec): Promise<DesktopSpec> {
      const desktop = ready ?? (await makeReady());
      await provider.assign(desktop, assign(), signal());
      return { ...desktop, isAssigned: true };
    }

    async function remove(spec: DesktopSpec): Promise<void> {
      await follow(spec, await provider.delete(spec, signal()), 'gone', (known) =>
        provider.delete(known, signal()),
      );
    }

    const describeTwoLevels = () => {
      const cool = async (desktop: DesktopSpec) =>
        follow(desktop, await provider.cool(desktop, signal()), 'cold', (known) =>
          provider.cool(known, signal()),
        );
      const warm = async (desktop: DesktopSpec) =>
        follow(desktop, await provider.warm(desktop, signal()), 'ready', (known) =>
          provider.warm(known, signal()),
        );

      it('stops a desktop, keeps it, and starts it again for its user', async () => {
        const cold = await cool(await makeReady());
        expect((await provider.poll(cold, signal())).state).toBe('cold');
        expect((await provider.list(signal())).map(({ id }) => id)).toContain(cold.id);
        const assigned = await makeAssigned(await warm(cold));
        expect((await provider.poll(assigned, signal())).state).toBe('ready');
        await remove(assigned);
      });

      it('does nothing twice when warm or cool is repeated', async () => {
        const desktop = await warm(await makeReady());
        const cold = await cool(await cool(desktop));
        expect((await provider.list(signal())).filter(({ id }) => id === desktop.id)).toHaveLength(1);
        await remove(cold);
      });

      it('gives a cold desktop to nobody', async () => {
        const cold = await cool(await makeReady());
        await expect(provider.assign(cold, assign(), signal())).rejects.toThrow(HomeroomError);
        await remove(cold);
      });

      it('says that a cold desktop which vanished is gone', async () => {
        const cold = await cool(await makeReady());
        await test.loseDesktop(cold.id);
        expect((await provider.warm(cold, signal())).state).toBe('gone');
        expect((await provider.poll(cold, signal())).state).toBe('gone');
        await remove(cold);
      });
    };

    it('makes a desktop that becomes ready', async () => {
      const desktop = await makeReady();
      expect((await provider.poll(desktop, signal())).state).toBe('ready');
      await remove(desktop);
    });

    it('makes nothing twice when create is repeated', async () => {
      const spec = specify();
      const first = await provider.create(spec, signal());
      const desktop = await follow(
        spec,
        await provider.create(absorb(spec, first), signal()),
        'ready',
        (known) => provider.poll(known, signal()),
      );
      const assigned = await makeAssigned(desktop);
      const listed = await provider.list(signal());
      expect(listed.filter(({ id }) => id === desktop.id)).toHaveLength(1);
      await remove(assigned);
    });

    it('assigns a desktop and hands the secret back that it was given', async () => {
      const desktop = await makeReady();
      const assignment = assign();
      const stream = await provider.assign(desktop, assignment, signal());
      expect(stream).toMatchObject({ kind: 'vnc', secret: assignment.secret });
      const assigned = { ...desktop, isAssigned: true };
      expect((await provider.poll(assigned, signal())).state).toBe('ready');
      await remove(assigned);
    });

    it('answers a repeated assignment with the same stream', async () => {
      const desktop = await makeReady();
      const assignment = assign();
      const first = await provider.assign(desktop, assignment, signal());
      expect(await provider.assign(desktop, assignment, signal())).toEqual(first);
      await remove({ ...desktop, isAssigned: true });
    });

    it('lists an assigned desktop by its id', async () => {
      const desktop = await makeAssigned();
      expect((await provider.list(signal())).map(({ id }) => id)).toContain(desktop.id);
      await remove(desktop);
    });

    it('removes an assigned desktop: it is gone and listed no more', async () => {
      const desktop = await makeAssigned();
      await remove(desktop);
      expect((await provider.poll(desktop, signal())).state).toBe('gone');
      expect((await provider.list(signal())).map(({ id }) => id)).not.toContain(desktop.id);
    });

    it('takes the removal of a desktop that is not there for done', async () => {
      await remove(specify());
      const desktop = await makeReady();
      await remove(desktop);
      await remove(desktop);
    });

    it('says that an assigned desktop which died is gone or failed', async () => {
      const desktop = await makeAssigned();
      await test.loseDesktop(desktop.id);
      await follow(desktop, await provider.poll(desktop, signal()), ['gone', 'failed'], (known) =>
        provider.poll(known, signal()),
      );
      await remove(desktop);
    });

    it('keeps two desktops apart', async () => {
      const [first, second] = await Promise.all([makeReady(), makeReady()]);
      const streams = [
        await provider.assign(first, assign(), signal()),
        await provider.assign(second, assign(), signal()),
      ];
      expect(streams[0]).not.toEqual(streams[1]);
      await remove({ ...first, isAssigned: true });
      const other = { ...second, isAssigned: true };
      expect((await provider.poll(other, signal())).state).toBe('ready');
      await remove(other);
    });

    it('says of itself what the rest of the controller knows of it', () => {
      expect([provider.hasCold, ruleOf(provider.name).hasCold]).toEqual([hasCold, hasCold]);
    });

    if (hasCold) describeTwoLevels();

    it('ends a call when its signal has fired', async () => {
      const spec = specify();
      await expect(provider.create(spec, AbortSignal.abort())).rejects.toThrow();
      await remove(spec);
    });
  });
}

function signal(): AbortSignal {
  return AbortSignal.timeout(patienceMs);
}

function assign(): Assignment {
  const tail = randomUUID().slice(0, 8);
  return {
    sessionId: randomUUID(),
    user: { id: randomUUID(), displayName: 'Contract', account: `contract-${tail}`, posixUid: 61_000 },
    secret: tail,
  };
}

function absorb(spec: DesktopSpec, progress: Progress): DesktopSpec {
  return { ...spec, ref: progress.ref ?? spec.ref ?? {}, hostId: progress.hostId ?? spec.hostId };
}

/** Asks until the state is reached, handing on what each answer gave to keep. */
async function follow(
  spec: DesktopSpec,
  first: Progress,
  wanted: Progress['state'] | readonly Progress['state'][],
  ask: (known: DesktopSpec) => Promise<Progress>,
): Promise<DesktopSpec> {
  const deadline = performance.now() + patienceMs;
  let progress = first;
  let known = absorb(spec, progress);
  while (![wanted].flat().includes(progress.state)) {
    if (performance.now() > deadline) throw new Error(`never ${wanted}: ${JSON.stringify(progress)}`);
    await sleep(pollMs);
    progress = await ask(known);
    known = absorb(known, progress);
  }
  return known;
}
