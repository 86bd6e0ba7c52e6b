import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { type NamedPage, SeatName } from './seat-name.ts';

class FakePage implements NamedPage {
  readonly calls: string[] = [];
  async showName(name: string, seconds: number) {
    this.calls.push(`show ${name} ${seconds}`);
  }
  async hideName() {
    this.calls.push('hide');
  }
}

describe('SeatName', () => {
  let clock: ManualClock;
  let name: SeatName;
  let page: FakePage;

  beforeEach(() => {
    clock = new ManualClock();
    name = new SeatName(clock);
    page = new FakePage();
  });

  it('goes after its time', async () => {
    await name.show('Seat 1', 10, () => page);
    await clock.advance(9_999);
    expect(page.calls).toEqual(['show Seat 1 10']);
    await clock.advance(1);
    expect(page.calls).toEqual(['show Seat 1 10', 'hide']);
  });

  it('follows to the next page for the time that is left', async () => {
    await name.show('Seat 1', 10, () => page);
    await clock.advance(4_000);
    const next = new FakePage();
    await name.showAgain(next);
    expect(next.calls).toEqual(['show Seat 1 6']);
  });

  it('does not come back when it has gone', async () => {
    await name.show('Seat 1', 10, () => page);
    await clock.advance(10_000);
    const next = new FakePage();
    await name.showAgain(next);
    expect(next.calls).toEqual([]);
  });

  it('stays for the second wish, not for the first', async () => {
    await name.show('Seat 1', 10, () => page);
    await clock.advance(5_000);
    await name.show('Seat 1', 10, () => page);
    await clock.advance(9_000);
    expect(page.calls).not.toContain('hide');
  });
});
