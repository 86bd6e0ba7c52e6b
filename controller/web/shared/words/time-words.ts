const minuteS = 60;
const hourS = 60 * minuteS;
const dayS = 24 * hourS;

/** @returns a span as people say it: `12 s`, `5 min`, `3 h`, `2 days`. */
export function spanWords(seconds: number): string {
  if (seconds < minuteS) return `${Math.max(0, Math.floor(seconds))} s`;
  if (seconds < hourS) return `${Math.floor(seconds / minuteS)} min`;
  if (seconds < dayS) return `${Math.floor(seconds / hourS)} h`;
  const days = Math.floor(seconds / dayS);
  return days === 1 ? '1 day' : `${days} days`;
}

/** @returns how long ago something was: `just now`, `5 min ago`. */
export function agoWords(at: string, now: Date): string {
  const seconds = (now.getTime() - Date.parse(at)) / 1000;
  return seconds < 10 ? 'just now' : `${spanWords(seconds)} ago`;
}

/** @returns what is left until `at` as `4:05`; undefined when it is over. */
export function countdown(at: string, now: Date): string | undefined {
  const seconds = Math.ceil((Date.parse(at) - now.getTime()) / 1000);
  if (seconds <= 0) return undefined;
  return `${Math.floor(seconds / minuteS)}:${String(seconds % minuteS).padStart(2, '0')}`;
}
