/** What a seat's lock and message come to, as columns of a select over `devices d`. One rule for all who tell them. */

const lockUntil =
  '(select l.expires_at from seat_locks l where l.seat_id = d.seat_id and l.expires_at > now())';

/** Locked for itself, or with its room for a time. */
export const isLockedColumn = `(d.desired_lock or exists ${lockUntil})`;

/** When the lock ends by itself; null when it does not, or when there is none. */
export const lockedUntilColumn = `case when d.desired_lock then null else ${lockUntil} end`;

/** What was said to the room and not read yet comes before what stays on the device until it is taken back. */
export const messageColumn = 'coalesce((select m.text from message_at(d.seat_id) m), d.desired_message)';
