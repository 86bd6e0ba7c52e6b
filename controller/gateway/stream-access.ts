import type { Device, Session } from '@homeroom/protocol';
import type { StreamHolder, StreamPermission } from './ports.ts';

/**
 * Who sees a session's desktop: the kiosk of its seat, whoever stands there, and its user in any
 * browser that is no kiosk. So a session that was moved leaves its old seat's screen at once.
 *
 * @param seatOf the seat of the holder's kiosk; null for none
 */
export function maySeeStream(holder: StreamHolder, session: Session, seatOf: string | null): boolean {
  if (holder.deviceId === null) return holder.userId === session.user;
  if (seatOf === null) return session.seat === null && holder.userId === session.user;
  return session.seat === seatOf;
}

/** {@link maySeeStream}, with the kiosk's seat looked up. */
export class StreamAccess implements StreamPermission {
  readonly #devices: { get(id: string): Promise<Device | undefined> };

  constructor(devices: { get(id: string): Promise<Device | undefined> }) {
    this.#devices = devices;
  }

  /** @throws database_unavailable */
  async maySee(holder: StreamHolder, session: Session): Promise<boolean> {
    const device = holder.deviceId === null ? undefined : await this.#devices.get(holder.deviceId);
    return maySeeStream(holder, session, device?.seat ?? null);
  }
}
