/** @returns a span as a person says it: `40 seconds`, `12 minutes`, `3 hours`, `2 days` */
export function spanInWords(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 120) return count(s, 'second');
  if (s < 7_200) return count(Math.round(s / 60), 'minute');
  if (s < 172_800) return count(Math.round(s / 3_600), 'hour');
  return count(Math.round(s / 86_400), 'day');
}

function count(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}
