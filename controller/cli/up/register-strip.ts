import type { CreateRelayRequest, Device, Relay } from '@homeroom/protocol';
import { deviceIdOf } from './agent-credential.ts';
import { seatName } from './child-specs.ts';
import type { ControllerApi } from './controller-api.ts';
import { stripId, writeStripCredential } from './strip/strip-files.ts';

type RelaysApi = Pick<
  ControllerApi,
  'rooms' | 'relays' | 'createRelay' | 'renewRelay' | 'removeRelay' | 'nameRelayChannel' | 'devices'
>;

/**
 * Make the simulated power strip known to the controller, with a socket for each seat, and keep its credential where the strip
 * reads it. A strip with too few sockets is replaced. Each start has a new password: a kept one may be of another database.
 *
 * @throws HomeroomError `start_failed` when the controller does not take it
 */
export async function registerStrip(api: RelaysApi, at: { dataDir: string; seats: number }): Promise<void> {
  const known = (await api.relays()).find(({ id }) => id === stripId);
  const isLargeEnough = known !== undefined && known.channels.length >= at.seats;
  if (known && !isLargeEnough) await api.removeRelay(stripId);
  const relay = isLargeEnough ? await api.renewRelay(stripId) : await api.createRelay(await wanted(api, at));
  if (relay.credential) writeStripCredential(at.dataDir, relay.credential);
}

/**
 * Tell the controller which seat hangs on which socket, as far as nobody has yet.
 *
 * @throws HomeroomError `start_failed`
 */
export async function wireStrip(api: RelaysApi, at: { dataDir: string; seats: number }): Promise<void> {
  const strip = (await api.relays()).find(({ id }) => id === stripId);
  if (!strip) return;
  const devices = await api.devices();
  for (let number = 1; number <= at.seats; number += 1) {
    const seat = seatOf(devices, deviceIdOf(at.dataDir, seatName(number)));
    const channel = number - 1;
    if (seat === null || !isFree(strip, channel)) continue;
    await api.nameRelayChannel(stripId, channel, { name: `Seat ${number}`, load: 'seat', seat });
  }
}

async function wanted(api: RelaysApi, { seats }: { seats: number }): Promise<CreateRelayRequest> {
  const [room] = await api.rooms();
  return {
    ...{ id: stripId, name: 'Simulated power strip', kind: 'board', room: room?.id ?? null },
    ...{ device: null, topic: null, channels: seats, maxStartsPerS: 2 },
  };
}

function seatOf(devices: readonly Device[], id: string | undefined): string | null {
  return devices.find((device) => device.id === id)?.seat ?? null;
}

function isFree(strip: Relay, channel: number): boolean {
  return strip.channels.find((one) => one.channel === channel)?.seat === null;
}
