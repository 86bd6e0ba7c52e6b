import type { KioskGuest } from '@homeroom/protocol';

/** @returns what a guest gets at a seat, and that nothing of it is kept */
export function guestWords({ templateName, limitS }: KioskGuest): string {
  const span = limitS === null ? '' : ` for ${spanWords(limitS)}`;
  return `${templateName}${span}. Nothing is kept afterwards.`;
}

function spanWords(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 120) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  return `${Math.round(minutes / 60)} hours`;
}
