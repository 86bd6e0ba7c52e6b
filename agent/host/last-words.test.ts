import { describe, expect, it } from 'vitest';
import { lastWordsOf } from './last-words.ts';

describe('lastWordsOf', () => {
  it('picks the errors out of the chatter', () => {
    const log = "Xvnc TigerVNC 1.12.0\n(EE) \nFatal server error:\n(EE) Couldn't add screen\n(EE) \nbye\n";
    expect(lastWordsOf(log)).toBe("Couldn't add screen");
  });

  it('takes the last complaint when there are no errors', () => {
    expect(lastWordsOf('starting\ncannot open /dev/null\n  Connections: closed: 1\n')).toBe(
      'cannot open /dev/null',
    );
  });

  it('does not take chatter for last words: a server that was killed has none', () => {
    const log = ' Connections: accepted: /run/s/rfb\n ComparingUpdateTracker: (1:-nan ratio)\n';
    expect(lastWordsOf(log)).toBe('it was killed, or ended without a word');
  });

  it('says so when there is nothing', () => {
    expect(lastWordsOf('\n')).toBe('it was killed, or ended without a word');
  });

  it('is short enough for a report', () => {
    expect(lastWordsOf(`error: ${'x'.repeat(5_000)}`)).toHaveLength(150);
  });
});
