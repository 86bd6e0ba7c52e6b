import type { KioskView } from '@homeroom/protocol';

/** This is the one: the seat's name as large as it goes. */
export function IdentifyOverlay({ view }: { view: KioskView }) {
  return (
    <div className="identify" role="alert">
      <p>{view.seatName ?? view.deviceName}</p>
      <small>{view.roomName ?? view.device}</small>
    </div>
  );
}
