import type { Device, Session, StreamPurpose } from '@homeroom/protocol';
import type { OnlookerRights, StreamHolder, StreamPermission, StreamRight } from './ports.ts';

/**
 * Who sees a session's desktop as their own: the kiosk of its seat, whoever stands there, and its user in any
 * browser that is no kiosk. So a session that was moved leaves its old seat's screen at once.
 *
 * @param seatOf the seat of the holder's kiosk; null for none
 */
export function maySeeStream(holder: StreamHolder, session: Session, seatOf: string | null): boolean {
  if (holder.deviceId === null) return holder.userId === session.user;
  if (seatOf === null) return session.seat === null && holder.userId === session.user;
  return session.seat === seatOf;
}

export interface StreamAccessOptions {
  readonly devices: { get(id: string): Promise<Device | undefined> };
  readonly onlookers: OnlookerRights;
}

/** {@link maySeeStream}, and the rights of those who look at desktops of others, asked of the records. */
export class StreamAccess implements StreamPermission {
  readonly #options: StreamAccessOptions;

  constructor(options: StreamAccessOptions) {
    this.#options = options;
  }

  /** @throws database_unavailable */
  async maySee(holder: StreamHolder, session: Session): Promise<boolean> {
    const { devices } = this.#options;
    const device = holder.deviceId === null ? undefined : await devices.get(holder.deviceId);
    return maySeeStream(holder, session, device?.seat ?? null);
  }

  /** @throws database_unavailable */
  async rightTo(
    holder: StreamHolder,
    session: Session,
    purpose: StreamPurpose,
  ): Promise<StreamRight | undefined> {
    const { onlookers } = this.#options;
    const { deviceId, userId } = holder;
    if (purpose === 'broadcast') {
      const broadcastId = deviceId === null ? undefined : await onlookers.broadcastAt(deviceId, session.id);
      return broadcastId === undefined ? undefined : { purpose, broadcastId };
    }
    const isAllowed =
      purpose === 'own'
        ? await this.maySee(holder, session)
        : userId !== null && (await onlookers.mayLook(userId, session.id));
    return isAllowed ? { purpose, broadcastId: null } : undefined;
  }
}
