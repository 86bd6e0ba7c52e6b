import {
  commandRequest,
  commands as commandTable,
  type Device,
  HomeroomError,
  isCommandName,
  type PatchDeviceRequest,
  patchDeviceRequest,
} from '@homeroom/protocol';
import * as v from 'valibot';
import { hasRole } from '../access.ts';
import { actorOf, type Caller } from '../caller.ts';
import { commandRefusal } from '../command-refusal.ts';
import { found } from '../found.ts';
import { parseRequest } from '../request-fault.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

const deviceQuery = v.object({ room: v.optional(v.pipe(v.string(), v.uuid())) });

/** Devices: what they are, what they shall show, what they shall do once. */
export function deviceRoutes({ devices, commands, snapshots }: Services): Route[] {
  return [
    route('GET /devices', {
      access: 'teacher',
      summary: 'Every device, or those of one room by `?room=`.',
      query: deviceQuery,
      handle: async ({ query }) => {
        const { room } = query;
        return { json: { items: await devices.list(room === undefined ? {} : { room }) } };
      },
    }),
    route('GET /devices/:id', {
      access: 'teacher',
      summary: 'One device, with everything that it reported.',
      handle: async ({ params }) => ({ json: found(await devices.get(params.id ?? ''), 'device_unknown') }),
    }),
    route('PATCH /devices/:id', {
      access: 'teacher',
      summary:
        'Change what is wanted of a device: page, screen, lock, message; its name, its seat (admins: revoke it).',
      body: patchDeviceRequest,
      handle: async ({ params, body, caller }) => {
        refuseAdminFields(body, caller);
        return { json: await devices.patch(params.id ?? '', body, actorOf(caller)) };
      },
    }),
    route('DELETE /devices/:id', {
      access: 'admin',
      summary: 'Forget a device: its credential is worth nothing any more.',
      handle: async ({ params, caller }) => {
        await devices.remove(params.id ?? '', actorOf(caller));
        return { status: 204 };
      },
    }),
    route('POST /devices/:id/commands', {
      access: 'teacher',
      summary:
        'Have a device do something once; answers with its result (admins: simulate; reboot of a host or without a seat).',
      body: commandRequest,
      handle: async ({ params, body, caller }) => {
        const device = found(await devices.get(params.id ?? ''), 'device_unknown');
        return { json: { data: await send(device, body, caller) } };
      },
    }),
    route('GET /devices/:id/snapshot', {
      access: 'teacher',
      summary: 'A small JPEG of what the kiosk shows; at most one per second is taken.',
      handle: async ({ params }) => {
        const { jpeg, takenAt } = await snapshots.get(params.id ?? '');
        const headers = { 'cache-control': 'no-store', 'last-modified': new Date(takenAt).toUTCString() };
        return { bytes: { mediaType: 'image/jpeg', data: jpeg }, headers };
      },
    }),
  ];

  function send(device: Device, { name, args }: v.InferOutput<typeof commandRequest>, caller: Caller) {
    if (!isCommandName(name)) throw new HomeroomError('command_unknown', `there is no command ${name}`);
    const refusal = commandRefusal(name, device, caller.person?.user.role ?? 'student');
    if (refusal) throw new HomeroomError('not_allowed', refusal);
    return commands.send(device.id, name, parseRequest(commandTable[name].args, args));
  }
}

/** Teachers run the room; who belongs to it is for admins. */
function refuseAdminFields(patch: PatchDeviceRequest, caller: Caller): void {
  if (patch.revoked !== undefined && !hasRole(caller, 'admin')) {
    throw new HomeroomError('not_allowed', 'admins may revoke devices');
  }
}
