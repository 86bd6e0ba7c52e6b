import type { Device } from '@homeroom/protocol';
import { useRef } from 'react';
import { Icon } from '../../shared/icons/icon.tsx';
import { useSnapshot } from './use-snapshot.ts';
import { useVisible } from './use-visible.ts';

/** What the seat shows right now, as a small picture. */
export function Snapshot({ device, periodMs }: { device: Device; periodMs: number }) {
  const frame = useRef<HTMLDivElement>(null);
  const isVisible = useVisible(frame);
  const hasKiosk = device.info?.capabilities.includes('kiosk') ?? true;
  const isOn = device.connection === 'ready' && hasKiosk;
  const source = useSnapshot(device.id, isVisible && isOn, periodMs);

  return (
    <div className="snapshot" ref={frame}>
      {isOn && source ? (
        <img src={source} alt={`What ${device.name} shows now`} />
      ) : (
        <span className="snapshot-none">
          <Icon name="monitor" size={28} />
          {isOn ? 'Picture is on its way' : hasKiosk ? 'No picture' : 'This device has no screen'}
        </span>
      )}
    </div>
  );
}
