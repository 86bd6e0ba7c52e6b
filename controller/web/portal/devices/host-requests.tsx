import type { Device } from '@homeroom/protocol';
import { useDeviceActions } from './use-device-actions.ts';
import { wantsToHost } from './wants-to-host.ts';

/** Devices that would run desktops and wait for an admin's word; nothing when there are none. */
export function HostRequests({ devices }: { devices: readonly Device[] }) {
  const asking = devices.filter(wantsToHost);
  if (asking.length === 0) return null;
  return (
    <ul className="host-requests" aria-label="Devices that want to run desktops">
      {asking.map((device) => (
        <HostRequest key={device.id} device={device} />
      ))}
    </ul>
  );
}

function HostRequest({ device }: { device: Device }) {
  const { isBusy, decideHost } = useDeviceActions(device);
  return (
    <li className="notice host-request">
      <p>
        <strong>{device.name}</strong> wants to run desktops. Students’ work and files would be on it; until
        you decide, none is placed there.
      </p>
      <div className="dialog-actions">
        <button
          type="button"
          className="button"
          disabled={isBusy}
          aria-label={`Refuse that ${device.name} runs desktops`}
          onClick={() => void decideHost(false)}
        >
          Refuse
        </button>
        <button
          type="button"
          className="button primary"
          disabled={isBusy}
          aria-label={`Allow ${device.name} to run desktops`}
          onClick={() => void decideHost(true)}
        >
          Allow
        </button>
      </div>
    </li>
  );
}
