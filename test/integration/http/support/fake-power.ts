import type { Services } from '@homeroom/controller/http/services.ts';
import { HomeroomError, type Relay, type SeatPower } from '@homeroom/protocol';

const seatPower: SeatPower = {
  seat: 'bbbbbbbb-0000-4000-8000-000000000001',
  wanted: null,
  state: 'unclear',
  reason: 'No relay tells.',
  since: '2026-01-01T00:00:00.000Z',
  relay: null,
  override: null,
  waitsFor: null,
  fault: null,
};

/** One relay outside of all rooms, and seats without any. */
export function fakePower(): Pick<Services, 'relays' | 'seatPowers' | 'hdmiSwitches'> {
  const relay: Relay = {
    id: 'strip-1',
    name: 'Strip 1',
    kind: 'board',
    room: null,
    device: null,
    topic: null,
    online: false,
    lastSeenAt: null,
    maxStartsPerS: 2,
    channels: [],
  };
  const one = async (id: string) => (id === relay.id ? relay : undefined);
  const known = async (id: string) => {
    if (id !== relay.id) throw new HomeroomError('not_found');
    return relay;
  };
  const refuse = async () => {
    throw new HomeroomError('not_found');
  };
  return {
    relays: {
      page: async (_page, teacher) => ({ items: teacher === null ? [relay] : [], next: null }),
      get: one,
      create: async () => relay,
      change: known,
      remove: async (id) => void (await known(id)),
      setChannel: known,
      switchChannel: known,
    },
    hdmiSwitches: {
      page: async () => ({ items: [], next: null }),
      get: async () => undefined,
      create: refuse,
      change: refuse,
      remove: refuse,
      route: refuse,
    },
    seatPowers: {
      ofRoom: async () => [seatPower],
      of: async () => seatPower,
      request: async () => seatPower,
      override: async () => seatPower,
    },
  };
}
