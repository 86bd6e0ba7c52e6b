import type { Device } from '@homeroom/protocol';
import { Icon } from '../../shared/icons/icon.tsx';
import type { DeviceActions } from './use-device-actions.ts';

/** Changes what was decided about a host; undecided ones are asked about above the list. */
export function HostToggle({ device, actions }: { device: Device; actions: DeviceActions }) {
  const { host, hostConsent, name } = device;
  if (host === null || hostConsent === null) return null;
  const isAllowed = hostConsent === 'allowed';
  return (
    <button
      type="button"
      className={isAllowed ? 'button quiet square on' : 'button quiet square'}
      title={isAllowed ? 'Runs desktops: place no more on it' : 'Allow it to run desktops'}
      aria-label={isAllowed ? `Place no more desktops on ${name}` : `Allow ${name} to run desktops`}
      disabled={actions.isBusy}
      onClick={() => void actions.decideHost(!isAllowed)}
    >
      <Icon name="desktop" size={18} />
    </button>
  );
}
