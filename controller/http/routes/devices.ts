import {
  commandAnswer,
  commandRequest,
  commands as commandTable,
  type Device,
  device,
  HomeroomError,
  isCommandName,
  listOf,
  type PatchDeviceRequest,
  patchDeviceRequest,
} from '@homeroom/protocol';
import * as v from 'valibot';
import { hasRole } from '../access.ts';
import { actorOf, type Caller } from '../caller.ts';
import { commandRefusal } from '../command-refusal.ts';
import { parseRequest } from '../request-fault.ts';
import { roomGuard, teacherOf } from '../room-guard.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

const deviceQuery = v.strictObject({ room: v.optional(v.pipe(v.string(), v.uuid())) });

/** Devices: what they are, what they shall show, what they shall do once. */
export function deviceRoutes(services: Services): Route[] {
  const { devices, commands, snapshots, audit } = services;
  const { deviceOf, seatOf } = roomGuard(services);
  return [
    route('GET /devices', {
      access: 'teacher',
      summary:
        'Every device, or those of one room by `?room=`; for teachers those at seats of their own rooms.',
      query: deviceQuery,
      answer: listOf(device),
      isPaginated: true,
      handle: async ({ query, page, caller }) => ({
        json: await devices.page({ ...query, teacher: teacherOf(caller) }, page),
      }),
    }),
    route('GET /devices/:id', {
      access: 'teacher',
      summary: 'One device, with everything that it reported.',
      answer: device,
      errors: ['device_unknown'],
      handle: async ({ params, caller }) => ({ json: await deviceOf(caller, params.id) }),
    }),
    route('PATCH /devices/:id', {
      access: 'teacher',
      summary:
        'Change what is wanted of a device: page, screen, lock, message; its name, its seat (admins: revoke it; take it off its seat; let it run desktops, or not).',
      body: patchDeviceRequest,
      answer: device,
      errors: ['device_unknown', 'seat_unknown', 'conflict', 'broker_unavailable'],
      handle: async ({ params, body, caller }) => {
        refuseAdminFields(body, caller);
        const { id } = await deviceOf(caller, params.id);
        if (typeof body.seat === 'string') await seatOf(caller, body.seat);
        return { json: await devices.patch(id, body, actorOf(caller)) };
      },
    }),
    route('DELETE /devices/:id', {
      access: 'admin',
      summary: 'Forget a device: its credential is worth nothing any more.',
      errors: ['device_unknown', 'broker_unavailable'],
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
      answer: commandAnswer,
      errors: [
        'device_unknown',
        'command_unknown',
        'command_timeout',
        'command_busy',
        'device_offline',
        'broker_unavailable',
        'hardware_absent',
        'hardware_failed',
        'kiosk_browser_missing',
        'kiosk_load_failed',
      ],
      operationId: 'sendDeviceCommand',
      handle: async ({ params, body, caller }) => {
        const known = await deviceOf(caller, params.id);
        const data = await send(known, body, caller);
        await writeDown(known, body, caller);
        return { json: { data } };
      },
    }),
    route('GET /devices/:id/snapshot', {
      access: 'teacher',
      summary:
        'A small JPEG of what the kiosk shows; at most one per second is taken, and 304 says that nothing moved.',
      mediaTypes: ['image/jpeg'],
      errors: [
        'device_unknown',
        'device_offline',
        'command_timeout',
        'command_busy',
        'broker_unavailable',
        'hardware_absent',
        'hardware_failed',
        'kiosk_browser_missing',
      ],
      handle: async ({ params, caller }) => {
        const { id } = await deviceOf(caller, params.id);
        const { jpeg, takenAt, etag } = await snapshots.get(id);
        const headers = { etag, 'last-modified': new Date(takenAt).toUTCString() };
        return { bytes: { mediaType: 'image/jpeg', data: jpeg }, headers };
      },
    }),
  ];

  function send(to: Device, { name, args }: v.InferOutput<typeof commandRequest>, caller: Caller) {
    if (!isCommandName(name)) throw new HomeroomError('command_unknown', `there is no command ${name}`);
    const refusal = commandRefusal(name, to, caller.person?.user.role ?? 'student');
    if (refusal) throw new HomeroomError('not_allowed', refusal);
    return commands.send(to.id, name, parseRequest(commandTable[name].args, args));
  }

  /** Once it is done; what was typed at a simulated keyboard may be a password. */
  async function writeDown(to: Device, body: v.InferOutput<typeof commandRequest>, caller: Caller) {
    const isSecret = isCommandName(body.name) && commandTable[body.name].secret;
    const { userId, username, address } = actorOf(caller);
    await audit.add({
      actor: { id: userId, username },
      action: 'device.command',
      subject: to.id,
      details: isSecret ? { name: body.name } : { name: body.name, args: body.args },
      address,
    });
  }
}

/** Teachers run the room; who belongs to it is for admins. */
function refuseAdminFields(patch: PatchDeviceRequest, caller: Caller): void {
  if (hasRole(caller, 'admin')) return;
  if (patch.revoked !== undefined) throw new HomeroomError('not_allowed', 'admins may revoke devices');
  // Without a seat it is in no room, and out of a teacher's sight.
  if (patch.seat === null) throw new HomeroomError('not_allowed', 'admins may take devices off their seats');
  if (patch.host !== undefined)
    throw new HomeroomError('not_allowed', 'admins may let devices run desktops, or not');
}
