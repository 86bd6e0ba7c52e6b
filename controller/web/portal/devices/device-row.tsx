import type { Device } from '@homeroom/protocol';
import { useState } from 'react';
import { useNow } from '../../shared/hooks/use-now.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { NameDialog } from '../rooms/name-dialog.tsx';
import { Link } from '../route/link.tsx';
import { connectionFact } from '../seat/words/connection-words.ts';
import { HostToggle } from './host-toggle.tsx';
import { kindWords } from './kind-words.ts';
import type { SeatChoice } from './seat-choices.ts';
import { useDeviceActions } from './use-device-actions.ts';

/** One device, and what an admin does with it. */
export function DeviceRow({ device, choices }: { device: Device; choices: readonly SeatChoice[] }) {
  const now = useNow(10_000);
  const actions = useDeviceActions(device);
  const [isNaming, setNaming] = useState(false);
  const connection = connectionFact(device, now);

  return (
    <tr>
      <th scope="row">
        <span className="one-line" title={device.name}>
          {device.name}
        </span>
        <small className="mono">{device.id}</small>
      </th>
      <td>
        <span className="badge" data-tone={connection.tone}>
          {connection.words}
        </span>
        {device.alerts.map((alert) => (
          <small key={alert.code}>{alert.message}</small>
        ))}
      </td>
      <td>
        <select
          className="input"
          aria-label={`Seat of ${device.name}`}
          value={device.seat ?? ''}
          disabled={actions.isBusy}
          onChange={(event) => actions.moveTo(event.target.value === '' ? null : event.target.value)}
        >
          <option value="">no seat</option>
          {choices.map((choice) => (
            <option
              key={choice.seat}
              value={choice.seat}
              disabled={choice.device !== null && choice.device !== device.id}
            >
              {choice.label}
            </option>
          ))}
        </select>
      </td>
      <td>
        {kindWords(device)}
        <small>
          {device.info ? `${device.info.model}, agent ${device.info.agentVersion}` : 'not reported yet'}
        </small>
      </td>
      <td className="actions">
        <div className="row-actions">
          <HostToggle device={device} actions={actions} />
          {device.info?.capabilities.includes('simulated') && (
            <Link
              className="button quiet square"
              href={`/simulator/${device.id}`}
              title="Simulated board"
              aria-label={`Simulated board of ${device.name}`}
            >
              <Icon name="board" size={18} />
            </Link>
          )}
          <button
            type="button"
            className="button quiet square"
            title="Rename"
            aria-label={`Rename ${device.name}`}
            onClick={() => setNaming(true)}
          >
            <Icon name="edit" size={18} />
          </button>
          {device.connection === 'revoked' ? (
            <button
              type="button"
              className="button danger"
              disabled={actions.isBusy}
              onClick={() => void actions.remove()}
            >
              Remove
            </button>
          ) : (
            <button
              type="button"
              className="button danger"
              disabled={actions.isBusy}
              onClick={() => void actions.revoke()}
            >
              Revoke
            </button>
          )}
        </div>
        {isNaming && (
          <NameDialog
            title={`Rename ${device.name}`}
            label="Name"
            value={device.name}
            method="PATCH"
            path={`devices/${device.id}`}
            onClose={() => setNaming(false)}
          />
        )}
      </td>
    </tr>
  );
}
