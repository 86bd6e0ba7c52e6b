import {
  createRelayRequest,
  HomeroomError,
  listOf,
  patchRelayRequest,
  relayChannelRequest,
  relay as relayResource,
  switchRelayRequest,
} from '@homeroom/protocol';
import { actorOf, type Caller } from '../caller.ts';
import { found } from '../found.ts';
import { roomGuard, teacherOf } from '../room-guard.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** Relays: teachers see those of their rooms, admins set them up. */
export function relayRoutes(services: Services): Route[] {
  const { relays } = services;
  const { refuseForeignRoom } = roomGuard(services);
  const visible = async (caller: Caller, id: string | undefined) => {
    const relay = found(await relays.get(id ?? ''));
    // Outside of all rooms it is the admins'.
    if (relay.room === null) found(teacherOf(caller) === null || undefined);
    await refuseForeignRoom(caller, relay.room);
    return relay;
  };
  return [
    route('GET /relays', {
      access: 'teacher',
      summary: 'Relays and their channels; for teachers those of their rooms.',
      answer: listOf(relayResource),
      isPaginated: true,
      handle: async ({ page, caller }) => ({ json: await relays.page(page, teacherOf(caller)) }),
    }),
    route('GET /relays/:id', {
      access: 'teacher',
      summary: 'One relay.',
      answer: relayResource,
      handle: async ({ params, caller }) => ({ json: await visible(caller, params.id) }),
    }),
    route('POST /relays', {
      access: 'admin',
      summary:
        'Make a relay known. One that comes to the broker by itself is told its credential, this once.',
      body: createRelayRequest,
      answer: relayResource,
      isCreating: true,
      errors: ['device_unknown', 'conflict', 'broker_unavailable'],
      handle: async ({ body, caller }) => ({
        status: 201,
        json: await relays.create(body, actorOf(caller)),
      }),
    }),
    route('PATCH /relays/:id', {
      access: 'admin',
      summary: 'Change a relay; give it another password for the broker.',
      body: patchRelayRequest,
      answer: relayResource,
      errors: ['broker_unavailable'],
      handle: async ({ params, body, caller }) => ({
        json: await relays.change(params.id ?? '', body, actorOf(caller)),
      }),
    }),
    route('DELETE /relays/:id', {
      access: 'admin',
      summary: 'Forget a relay. Nothing is switched.',
      errors: ['broker_unavailable'],
      handle: async ({ params, caller }) => {
        await relays.remove(params.id ?? '', actorOf(caller));
        return { status: 204 };
      },
    }),
    ...channelRoutes(services),
  ];
}

function channelRoutes({ relays }: Services): Route[] {
  return [
    route('PUT /relays/:id/channels/:channel', {
      access: 'admin',
      summary: 'Say what hangs on a channel.',
      body: relayChannelRequest,
      answer: relayResource,
      errors: ['seat_unknown', 'conflict'],
      operationId: 'setRelayChannel',
      handle: async ({ params, body, caller }) => ({
        json: await relays.setChannel(params.id ?? '', channelOf(params.channel), body, actorOf(caller)),
      }),
    }),
    route('POST /relays/:id/channels/:channel/switch', {
      access: 'admin',
      summary: 'Switch a channel that powers no seat’s computer.',
      body: switchRelayRequest,
      answer: relayResource,
      errors: ['relay_channel_guarded'],
      operationId: 'switchRelayChannel',
      handle: async ({ params, body, caller }) => ({
        json: await relays.switchChannel(
          params.id ?? '',
          channelOf(params.channel),
          body.on,
          actorOf(caller),
        ),
      }),
    }),
  ];
}

function channelOf(text: string | undefined): number {
  if (text === undefined || !/^\d{1,2}$/.test(text)) throw new HomeroomError('not_found');
  return Number(text);
}
