import type { Lesson } from '@homeroom/protocol';

/** @returns from when to when the day goes that `now` is in, by the browser's clock */
export function todayOf(now: Date): { readonly from: string; readonly to: string } {
  const from = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const to = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  return { from: from.toISOString(), to: to.toISOString() };
}

/** @returns a time of the day: `08:05` */
export function timeOf(at: string): string {
  const time = new Date(at);
  return `${String(time.getHours()).padStart(2, '0')}:${String(time.getMinutes()).padStart(2, '0')}`;
}

/** @returns a lesson in a line: `08:00–08:45 Physics` */
export function lessonWords({
  name,
  startsAt,
  endsAt,
}: Pick<Lesson, 'name' | 'startsAt' | 'endsAt'>): string {
  return `${timeOf(startsAt)}–${timeOf(endsAt)} ${name}`;
}

/** @returns how a lesson stands to its clock, and what the room does by itself */
export function lessonState(
  { startsAt, endsAt, cancelledAt, automatic, leadS }: Lesson,
  now: Date,
): { readonly words: string; readonly tone: string } {
  const nowMs = now.getTime();
  if (cancelledAt !== null) return { words: 'cancelled', tone: 'idle' };
  if (nowMs >= Date.parse(endsAt)) return { words: 'over', tone: 'idle' };
  if (nowMs >= Date.parse(startsAt))
    return { words: automatic ? 'now, ends by itself' : 'now', tone: 'good' };
  if (!automatic) return { words: 'is started by hand', tone: 'idle' };
  const startMs = Date.parse(startsAt) - leadS * 1000;
  if (nowMs >= startMs) return { words: 'the room starts now', tone: 'busy' };
  return { words: `starts by itself at ${timeOf(new Date(startMs).toISOString())}`, tone: 'busy' };
}
