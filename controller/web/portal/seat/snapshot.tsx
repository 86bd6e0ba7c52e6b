import type { Device } from '@homeroom/protocol';
import { type MouseEvent, useRef } from 'react';
import { Icon } from '../../shared/icons/icon.tsx';
import { useSnapshot } from './use-snapshot.ts';
import { useVisible } from './use-visible.ts';
import './snapshot.css';

export interface SnapshotProps {
  readonly device: Device;
  readonly periodMs: number;
  /** Makes a button of the picture; called with the place that was clicked, each from 0 to 1. */
  readonly onPick?: (x: number, y: number) => void;
}

/** What the seat shows right now, as a small picture. */
export function Snapshot({ device, periodMs, onPick }: SnapshotProps) {
  const frame = useRef<HTMLDivElement>(null);
  const isVisible = useVisible(frame);
  const hasKiosk = device.info?.capabilities.includes('kiosk') ?? true;
  const isOn = device.connection === 'ready' && hasKiosk;
  const source = useSnapshot(device.id, isVisible && isOn, periodMs);

  const alt = `What ${device.name} shows now`;

  return (
    <div className="snapshot" ref={frame}>
      {isOn && source && onPick && (
        <input type="image" src={source} alt={alt} onClick={(event) => pick(event, onPick)} />
      )}
      {isOn && source && !onPick && <img src={source} alt={alt} />}
      {!(isOn && source) && (
        <span className="snapshot-none">
          <Icon name="monitor" size={28} />
          {isOn ? 'Picture is on its way' : hasKiosk ? 'No picture' : 'This device has no screen'}
        </span>
      )}
    </div>
  );
}

function pick(event: MouseEvent<HTMLInputElement>, onPick: (x: number, y: number) => void): void {
  event.preventDefault();
  // Pressed by a key, it was clicked nowhere.
  if (event.detail === 0) return;
  const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
  onPick(shareOf(event.clientX - left, width), shareOf(event.clientY - top, height));
}

function shareOf(offset: number, length: number): number {
  return Math.min(1, Math.max(0, offset / length));
}
