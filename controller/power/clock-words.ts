/** @returns a time as people say it by the clocks of a place: the day and the time of day. Pure. */
export function clockWords(at: Date, timeZone: string): string {
  const words = { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat('en-GB', { ...words, hourCycle: 'h23', timeZone }).format(at);
}
