import { collectRequest, fileRound, HomeroomError, handOutQuery, listOf } from '@homeroom/protocol';
import { actorOf, type Caller } from '../caller.ts';
import { found, uuidOf } from '../found.ts';
import { roomGuard } from '../room-guard.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** Files for the students of a room, and from them. */
export function fileRoundRoutes(services: Services): Route[] {
  return [...beginRoutes(services), ...roundRoutes(services)];
}

function beginRoutes(services: Services): Route[] {
  const { fileRounds, handOutMaxBytes } = services;
  const { roomOf } = roomGuard(services);
  return [
    route('POST /rooms/:id/handouts', {
      access: 'teacher',
      summary:
        'Put a file, which is the body, into a folder of the homes of a room’s students; who has no desktop now gets it when they come.',
      query: handOutQuery,
      file: { types: ['application/octet-stream'], maxBytes: handOutMaxBytes },
      answer: fileRound,
      isCreating: true,
      errors: ['seat_unknown', 'nobody_there'],
      operationId: 'handOutFile',
      handle: async ({ params, query, file, caller }) => {
        const { id } = await roomOf(caller, params.id);
        if (!file) throw new HomeroomError('request_invalid', 'The file is missing: send it as the body.');
        const { seats, group, ...rest } = query;
        const request = { ...rest, group, seats: seats?.split(',').filter((seat) => seat !== '') };
        const received = await file.receive();
        return { status: 201, json: await fileRounds.handOut(id, request, received, actorOf(caller)) };
      },
    }),
    route('POST /rooms/:id/collections', {
      access: 'teacher',
      summary: 'Collect what stands in a folder of the homes of a room’s students.',
      body: collectRequest,
      answer: fileRound,
      isCreating: true,
      errors: ['seat_unknown', 'nobody_there'],
      operationId: 'collectFiles',
      handle: async ({ params, body, caller }) => {
        const { id } = await roomOf(caller, params.id);
        return { status: 201, json: await fileRounds.collect(id, body, actorOf(caller)) };
      },
    }),
    route('GET /rooms/:id/file-rounds', {
      access: 'teacher',
      summary: 'What was handed out to the students of a room and collected from them, the newest first.',
      answer: listOf(fileRound),
      isPaginated: true,
      operationId: 'listFileRounds',
      handle: async ({ params, page, caller }) => {
        const { id } = await roomOf(caller, params.id);
        return { json: await fileRounds.page(id, page) };
      },
    }),
  ];
}

function roundRoutes(services: Services): Route[] {
  const { fileRounds, roundArchive, audit } = services;
  const { roomOf } = roomGuard(services);
  const roundOf = async (caller: Caller, id: string | undefined) => {
    const round = found(await fileRounds.get(uuidOf(id)));
    await roomOf(caller, round.room);
    return round;
  };
  return [
    route('GET /file-rounds/:id', {
      access: 'teacher',
      summary: 'One hand-out or collection, with what became of it for each person.',
      answer: fileRound,
      handle: async ({ params, caller }) => ({ json: await roundOf(caller, params.id) }),
    }),
    route('POST /file-rounds/:id/people/:user/retry', {
      access: 'teacher',
      summary: 'Try again for one person; of a collection also for whom it is done, to collect anew.',
      answer: fileRound,
      operationId: 'retryFileRound',
      handle: async ({ params, caller }) => {
        const { id } = await roundOf(caller, params.id);
        return { json: await fileRounds.retry(id, params.user ?? '', actorOf(caller)) };
      },
    }),
    route('GET /file-rounds/:id/archive', {
      access: 'teacher',
      summary: 'What was collected, as a ZIP with a folder for each person.',
      mediaTypes: ['application/zip'],
      errors: ['file_gone'],
      operationId: 'downloadCollection',
      handle: async ({ params, caller }) => {
        const round = await roundOf(caller, params.id);
        if (round.kind !== 'collect') throw new HomeroomError('not_found', 'Nothing was collected by this.');
        const content = await roundArchive.of(round);
        const { userId, username, address } = actorOf(caller);
        const actor = { id: userId, username };
        await audit.add({ actor, action: 'file-round.download', subject: round.id, address });
        const name = `collection-${round.startedAt.slice(0, 10)}.zip`;
        return {
          stream: { mediaType: 'application/zip', content },
          headers: { 'content-disposition': `attachment; filename="${name}"` },
        };
      },
    }),
  ];
}
