import {
  createHdmiSwitchRequest,
  hdmiSwitch,
  listOf,
  patchHdmiSwitchRequest,
  routeHdmiRequest,
} from '@homeroom/protocol';
import { actorOf, type Caller } from '../caller.ts';
import { found } from '../found.ts';
import { roomGuard, teacherOf } from '../room-guard.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** HDMI switches: teachers see and route those of their rooms, admins set them up. */
export function hdmiSwitchRoutes(services: Services): Route[] {
  const { hdmiSwitches: switches } = services;
  const { refuseForeignRoom } = roomGuard(services);
  const visible = async (caller: Caller, id: string | undefined) => {
    const one = found(await switches.get(id ?? ''));
    // Outside of all rooms it is the admins'.
    if (one.room === null) found(teacherOf(caller) === null || undefined);
    await refuseForeignRoom(caller, one.room);
    return one;
  };
  return [
    route('GET /hdmi-switches', {
      access: 'teacher',
      summary: 'HDMI switches and matrices, and what they show; for teachers those of their rooms.',
      answer: listOf(hdmiSwitch),
      isPaginated: true,
      handle: async ({ page, caller }) => ({ json: await switches.page(page, teacherOf(caller)) }),
    }),
    route('GET /hdmi-switches/:id', {
      access: 'teacher',
      summary: 'One HDMI switch.',
      answer: hdmiSwitch,
      handle: async ({ params, caller }) => ({ json: await visible(caller, params.id) }),
    }),
    route('POST /hdmi-switches', {
      access: 'admin',
      summary: 'Make an HDMI switch known.',
      body: createHdmiSwitchRequest,
      answer: hdmiSwitch,
      isCreating: true,
      errors: ['device_unknown'],
      handle: async ({ body, caller }) => ({
        status: 201,
        json: await switches.create(body, actorOf(caller)),
      }),
    }),
    route('PATCH /hdmi-switches/:id', {
      access: 'admin',
      summary: 'Change what hangs on an HDMI switch.',
      body: patchHdmiSwitchRequest,
      answer: hdmiSwitch,
      handle: async ({ params, body, caller }) => ({
        json: await switches.change(params.id ?? '', body, actorOf(caller)),
      }),
    }),
    route('DELETE /hdmi-switches/:id', {
      access: 'admin',
      summary: 'Forget an HDMI switch. It shows what it shows.',
      handle: async ({ params, caller }) => {
        await switches.remove(params.id ?? '', actorOf(caller));
        return { status: 204 };
      },
    }),
    route('POST /hdmi-switches/:id/route', {
      access: 'teacher',
      summary: 'Show an input at an output.',
      body: routeHdmiRequest,
      answer: hdmiSwitch,
      operationId: 'routeHdmiSwitch',
      handle: async ({ params, body, caller }) => {
        const { id } = await visible(caller, params.id);
        return { json: await switches.route(id, body, actorOf(caller)) };
      },
    }),
  ];
}
