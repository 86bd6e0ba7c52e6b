import { expect, it } from 'vitest';
import type { ComingEnd } from './coming-end.ts';
import { type EndPlan, leadsOf, planEnd, promisedEndMs, type Told, toldOf } from './end-plan.ts';

const minuteMs = 60_000;
const end: ComingEnd = {
  atMs: 100 * minuteMs,
  endReason: 'idle',
  reason: 'Nobody used it.',
  spanMs: 60 * minuteMs,
  isKeepable: true,
};
const nothing: Told = { warnings: 0, endAtMs: null };
const once: Told = { warnings: 1, endAtMs: end.atMs };
const twice: Told = { warnings: 2, endAtMs: end.atMs };

const toldBy = (plan: EndPlan): Told | undefined => ('told' in plan ? plan.told : undefined);

it('warns five minutes and one minute before, in short spans at half and at a tenth', () => {
  expect(leadsOf(60 * minuteMs)).toEqual([5 * minuteMs, minuteMs]);
  expect(leadsOf(10 * minuteMs)).toEqual([5 * minuteMs, minuteMs]);
  expect(leadsOf(8 * minuteMs)).toEqual([4 * minuteMs, 48_000]);
  expect(leadsOf(40_000)).toEqual([30_000, 30_000]);
});

it('waits until the first warning is due, and looks again by then or within a minute', () => {
  expect(planEnd(end, nothing, 90 * minuteMs)).toEqual({
    do: 'wait',
    told: nothing,
    lookAgainMs: 91 * minuteMs,
  });
  expect(planEnd(end, nothing, 94.5 * minuteMs)).toMatchObject({ do: 'wait', lookAgainMs: 95 * minuteMs });
});

it('warns once, then a second time, then ends', () => {
  const first = planEnd(end, nothing, 95 * minuteMs);
  expect(first).toMatchObject({ do: 'warn', told: once });
  const second = planEnd(end, once, 99 * minuteMs);
  expect(second).toMatchObject({ do: 'warn', told: twice, lookAgainMs: end.atMs });
  expect(planEnd(end, twice, 99.9 * minuteMs)).toMatchObject({ do: 'wait' });
  expect(planEnd(end, twice, 100 * minuteMs)).toEqual({ do: 'end', end });
});

it('never ends without the last warning, and not within half a minute of it', () => {
  const late = planEnd(end, nothing, 120 * minuteMs);
  expect(late).toMatchObject({ do: 'warn', told: { warnings: 2, endAtMs: 120 * minuteMs + 30_000 } });
  const told = toldBy(late) ?? nothing;
  expect(promisedEndMs(end, told)).toBe(120 * minuteMs + 30_000);
  expect(planEnd(end, told, 120 * minuteMs + 29_999)).toMatchObject({ do: 'wait' });
  expect(planEnd(end, told, 120 * minuteMs + 30_000)).toMatchObject({ do: 'end' });
});

it('takes back what was told of an end that moved away', () => {
  const later = { ...end, atMs: end.atMs + 60 * minuteMs };
  expect(toldOf(later, twice)).toEqual(nothing);
  expect(planEnd(later, twice, 99.5 * minuteMs)).toMatchObject({ do: 'wait', told: nothing });
  expect(planEnd(undefined, twice, 99.5 * minuteMs)).toMatchObject({ do: 'wait', told: nothing });
});

it('keeps what was told when the end comes nearer', () => {
  const sooner = { ...end, atMs: end.atMs - 2 * minuteMs };
  expect(planEnd(sooner, twice, 99 * minuteMs)).toMatchObject({ do: 'wait', told: twice });
  expect(promisedEndMs(sooner, twice)).toBe(end.atMs);
  expect(planEnd(sooner, once, 99 * minuteMs)).toMatchObject({
    do: 'warn',
    told: { warnings: 2, endAtMs: 99 * minuteMs + 30_000 },
  });
});

it('looks again in the future, whatever the clock says', () => {
  for (let minute = 0; minute < 130; minute += 0.25)
    for (const told of [nothing, once, twice]) {
      const plan = planEnd(end, told, minute * minuteMs);
      if ('lookAgainMs' in plan) expect(plan.lookAgainMs).toBeGreaterThan(minute * minuteMs);
    }
});

it('tells an announced end at once, and keeps to it, whatever was promised before', () => {
  const announced: ComingEnd = { ...end, atMs: 60 * minuteMs, spanMs: 10_000, isAnnounced: true };
  const plan = planEnd(announced, nothing, announced.atMs - 10_000);
  expect(plan).toMatchObject({ do: 'warn', told: { warnings: 2, endAtMs: announced.atMs } });
  expect(promisedEndMs(announced, twice)).toBe(announced.atMs);
  expect(planEnd(announced, toldBy(plan) ?? nothing, announced.atMs - 1)).toMatchObject({ do: 'wait' });
  expect(planEnd(announced, toldBy(plan) ?? nothing, announced.atMs)).toMatchObject({ do: 'end' });
});
