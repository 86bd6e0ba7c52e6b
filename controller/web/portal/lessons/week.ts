/** Weeks and days as this computer's clock shows them. Pure. */

/** @returns midnight of the Monday that begins the week */
export function mondayOf(time: Date): Date {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate() - ((time.getDay() + 6) % 7));
}

/** @returns the same time of the day so many days later, over changes of the clocks too */
export function addDays(time: Date, days: number): Date {
  const later = new Date(time);
  later.setDate(later.getDate() + days);
  return later;
}

/** @returns the day as an input of dates has it: `2026-09-01` */
export function dayText(time: Date): string {
  return [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
}

/** @returns the time as an input of times has it: `08:45` */
export function timeText(time: Date): string {
  return `${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** @returns when this computer's clock shows that */
export function timeOf(day: string, time: string): Date {
  return new Date(`${day}T${time}`);
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
