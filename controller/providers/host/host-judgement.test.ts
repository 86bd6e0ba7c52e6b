import { describe, expect, it } from 'vitest';
import { awayGraceS, judgeAway, judgePlace, placeGraceS } from './host-judgement.ts';

const well = { healthy: true, draining: false, isAllowed: true, silentS: 5 };

describe('a place that nobody uses', () => {
  it('stays while its host is well', () => {
    expect(judgePlace(well, 'pi-1').state).toBe('ready');
  });

  it('stays while its host is away for a moment', () => {
    expect(judgePlace({ ...well, healthy: false, silentS: placeGraceS }, 'pi-1').state).toBe('ready');
  });

  it.each([
    [undefined, 'removed'],
    [{ ...well, draining: true }, 'emptied'],
    [{ ...well, isAllowed: false }, 'not allowed'],
    [{ ...well, healthy: false, silentS: placeGraceS + 1 }, 'away'],
  ])('is given up on %o', (host, word) => {
    const answer = judgePlace(host, 'pi-1');
    expect(answer.state).toBe('failed');
    expect(answer.reason).toContain(word);
  });
});

describe('a desktop in use whose host does not answer', () => {
  it('is not lost while the host may come back', () => {
    expect(judgeAway({ ...well, healthy: false, silentS: awayGraceS }, 'pi-1')).toBeUndefined();
  });

  it('stays on a host that may run no more', () => {
    expect(judgeAway({ ...well, isAllowed: false }, 'pi-1')).toBeUndefined();
  });

  it('is lost when the host stays away', () => {
    expect(judgeAway({ ...well, silentS: awayGraceS + 1 }, 'pi-1')).toEqual({
      state: 'gone',
      reason: 'The host pi-1 stayed away for more than 10 minutes.',
    });
  });

  it('is lost with a host that was removed', () => {
    expect(judgeAway(undefined, 'pi-1')?.state).toBe('gone');
  });
});
