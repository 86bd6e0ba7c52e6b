import { describe, expect, it } from 'vitest';
import { lastWordsOf } from './last-words.ts';

describe('lastWordsOf', () => {
  it('picks the errors out of the chatter', () => {
    const log = "Xvnc TigerVNC 1.12.0\n(EE) \nFatal server error:\n(EE) Couldn't add screen\n(EE) \nbye\n";
    expect(lastWordsOf(log)).toBe("Couldn't add screen");
  });

  it('takes the last line when there are no errors', () => {
    expect(lastWordsOf('starting\n  created VNC server for screen 0\n\n')).toBe(
      'created VNC server for screen 0',
    );
  });

  it('says so when there is nothing', () => {
    expect(lastWordsOf('\n')).toBe('the X server ended without a word');
  });

  it('is short enough for a report', () => {
    expect(lastWordsOf('x'.repeat(5_000))).toHaveLength(150);
  });
});
