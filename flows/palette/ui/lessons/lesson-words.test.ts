import type { Lesson } from '@homeroom/protocol';
import { describe, expect, it } from 'vitest';
import { lessonState, lessonWords, timeOf, todayOf } from './lesson-words.ts';

/** By the clock of whoever looks, wherever the test runs. */
const clock = (time: string) => new Date(`2026-09-01T${time}:00`);
const lesson: Lesson = {
  id: 'lesson',
  name: 'Physics',
  group: null,
  room: 'room',
  template: 'desktop',
  moreTemplates: [],
  seats: null,
  leadS: 600,
  atEnd: 'end',
  exam: false,
  automatic: true,
  startsAt: clock('08:00').toISOString(),
  endsAt: clock('08:45').toISOString(),
  source: 'manual',
  series: null,
  need: 0,
  cancelledAt: null,
  closedAt: null,
};
const words = (at: string, changed: Partial<Lesson> = {}) =>
  lessonState({ ...lesson, ...changed }, clock(at)).words;

describe('the words of a lesson', () => {
  it('tell when it is, by the clock of whoever looks', () => {
    expect(lessonWords(lesson)).toBe('08:00–08:45 Physics');
    expect(timeOf(clock('23:05').toISOString())).toBe('23:05');
  });

  it('tell what the room does by itself, and when', () => {
    expect(words('07:00')).toBe('starts by itself at 07:50');
    expect(words('07:55')).toBe('the room starts now');
    expect(words('08:10')).toBe('now, ends by itself');
    expect(words('08:45')).toBe('over');
  });

  it('promise nothing of a lesson that is not automatic, or cancelled', () => {
    expect(words('07:00', { automatic: false })).toBe('is started by hand');
    expect(words('08:10', { automatic: false })).toBe('now');
    expect(words('07:00', { cancelledAt: lesson.startsAt })).toBe('cancelled');
  });

  it('take a day from midnight to midnight', () => {
    const { from, to } = todayOf(clock('13:00'));
    expect([new Date(from), new Date(to)]).toEqual([clock('00:00'), new Date('2026-09-02T00:00:00')]);
  });
});
