import type { CreateLessonRequest, CreateSeriesRequest } from '@homeroom/protocol';
import { timeOf } from './week.ts';

type Content = Pick<
  CreateLessonRequest,
  'name' | 'group' | 'room' | 'template' | 'seats' | 'leadS' | 'atEnd' | 'exam' | 'automatic'
>;

/** What a filled-in form asks the API for. */
export type LessonRequest =
  | { readonly path: 'lessons'; readonly body: Content & { startsAt: string; endsAt: string } }
  | {
      readonly path: 'lesson-series';
      readonly body: Content & Omit<CreateSeriesRequest, keyof CreateLessonRequest>;
    };

/** @returns the request of the form of a lesson; with a rhythm it is a series. */
export function lessonRequest(fields: FormData): LessonRequest {
  const text = (name: string) => String(fields.get(name) ?? '').trim();
  const seats = text('seats');
  const content: Content = {
    name: text('name'),
    group: text('group') || null,
    room: text('room') || null,
    template: text('template'),
    seats: seats === '' ? null : Number(seats),
    leadS: Number(text('lead')) * 60,
    atEnd: text('atEnd') === 'end' ? 'end' : 'warn',
    exam: fields.has('exam'),
    automatic: fields.has('automatic'),
  };
  const [day, starts, ends] = [text('day'), text('starts'), text('ends')];
  const everyWeeks = Number(text('every') || '0');
  if (everyWeeks === 0) {
    const startsAt = timeOf(day, starts).toISOString();
    return { path: 'lessons', body: { ...content, startsAt, endsAt: timeOf(day, ends).toISOString() } };
  }
  const weekday = ((timeOf(day, '12:00').getDay() + 6) % 7) + 1;
  const rhythm = { weekday, starts, ends, everyWeeks, firstDay: day, lastDay: text('last') || day };
  return { path: 'lesson-series', body: { ...content, ...rhythm } };
}
