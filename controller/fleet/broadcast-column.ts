/**
 * The broadcast that the seat of a device shows now, from relations `d` of devices and `x` of the live session at its
 * seat; null for none. The seat of the desktop itself shows that desktop.
 */
export const broadcastColumn = `(
  select b.id from broadcast_seats p join live_broadcasts b on b.id = p.broadcast_id
  where p.seat_id = d.seat_id and b.session_id is distinct from x.id order by b.started_at desc limit 1)`;
