import type { KioskView } from '@homeroom/protocol';

/** @returns who said it and when, by the machine's own clock: `Ms Hopper, 10:42` */
export function messageOrigin({ sentBy, sentAt }: NonNullable<KioskView['roomMessage']>): string {
  const time = new Date(sentAt).toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' });
  return sentBy === null ? time : `${sentBy}, ${time}`;
}
