import type { DeviceState } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import type { FleetMessage } from './ports.ts';
import { Presence } from './presence.ts';
import { PresenceWatch } from './presence-watch.ts';

const said = (state: DeviceState['state'], second: number, isReplay = false): FleetMessage => ({
  parsed: { kind: 'device', device: 'pi-1', leaf: 'state' },
  value: { state, since: `2026-01-01T00:00:0${second}.000Z`, bootId: 'a', connection: second },
  isReplay,
});

function startWatch() {
  const presence = new Presence();
  const left: string[] = [];
  const listeners = new Set<(message: FleetMessage) => void>();
  const watch = new PresenceWatch({
    presence,
    messaging: {
      onMessage: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      deviceLeft: (device) => left.push(device),
    },
    nowMs: () => 0,
  });
  watch.start();
  const tell = (message: FleetMessage) => {
    for (const listener of listeners) listener(message);
  };
  return { presence, left, watch, tell };
}

it('learns who is there from what the broker has kept, and from each change', () => {
  const { presence, left, tell } = startWatch();
  tell(said('ready', 1, true));
  expect(presence.isConnected('pi-1')).toBe(true);
  tell(said('lost', 1));
  expect([presence.isConnected('pi-1'), left]).toEqual([false, ['pi-1']]);
});

it('passes over everything else that devices say, and hears nothing after its end', () => {
  const { presence, watch, tell } = startWatch();
  tell({ ...said('ready', 1), parsed: { kind: 'device', device: 'pi-1', leaf: 'health' } });
  expect(presence.stateOf('pi-1')).toBeUndefined();
  watch.stop();
  tell(said('ready', 2));
  expect(presence.stateOf('pi-1')).toBeUndefined();
});
