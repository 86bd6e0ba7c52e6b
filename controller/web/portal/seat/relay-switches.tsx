import type { Device } from '@homeroom/protocol';
import { useSeatActions } from './use-seat-actions.ts';
import { relayName } from './words/relay-words.ts';
import './relay-switches.css';

/** The device's own relays, each with a switch; nothing where it has none. */
export function RelaySwitches({ device }: { device: Device }) {
  const actions = useSeatActions(device);
  const channels = device.relays?.channels ?? [];
  if (channels.length === 0) return null;
  return (
    <>
      <h3>Relays</h3>
      <ul className="form">
        {channels.map(({ channel, name, on, error }) => {
          const label = relayName({ channel, name });
          return (
            <li key={channel} className="relay">
              <span>
                {label}
                {error && <small>{error.message}</small>}
              </span>
              <button
                type="button"
                role="switch"
                aria-checked={on ?? false}
                aria-label={label}
                className="switch"
                disabled={actions.isBusy || device.connection !== 'ready'}
                onClick={() => actions.switchRelay(channel, !on)}
              />
            </li>
          );
        })}
      </ul>
    </>
  );
}
