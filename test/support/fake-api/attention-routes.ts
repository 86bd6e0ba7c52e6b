import type { FakeRoute } from './asked.ts';
import { Refusal } from './problem.ts';

const list = <T>(items: readonly T[]) => ({ items, next: null });
const seatsIn = (body: Record<string, unknown>) => body.seats as string[] | undefined;

/** What a teacher does to a room at once, and the receipts of its seats. */
export const attentionRoutes: Record<string, FakeRoute> = {
  'POST rooms/:id/lock': ({ classroom, body }) => classroom.attention.want(seatsIn(body), { lock: body.on }),
  'POST rooms/:id/mute': ({ classroom, body }) => classroom.attention.want(seatsIn(body), { muted: body.on }),
  'POST rooms/:id/open': ({ classroom, body }) => classroom.attention.want(seatsIn(body), { page: body.url }),
  'POST rooms/:id/message': ({ classroom, body, caller }) =>
    classroom.attention.say(String(body.text), caller.user?.displayName ?? null, seatsIn(body)),
  'GET rooms/:id/messages': ({ classroom }) => list(classroom.attention.messages),
  'DELETE messages/:id': ({ classroom, id }) => classroom.attention.withdraw(id),
  'POST kiosk/messages/:id/shown': ({ classroom, id, caller }) =>
    classroom.attention.mark(id, caller.kiosk, 'shownAt'),
  'POST kiosk/messages/:id/read': ({ classroom, id, caller }) =>
    classroom.attention.mark(id, caller.kiosk, 'readAt'),
  'GET rooms/:id/file-rounds': ({ classroom }) => list(classroom.attention.rounds),
  'POST rooms/:id/handouts': ({ classroom, query, body }) => {
    classroom.attention.files.set(query.get('name') ?? '', String(body.text));
    return classroom.attention.begin('hand-out', query.get('folder') ?? 'Handouts', query.get('name'));
  },
  'POST rooms/:id/collections': ({ classroom, body }) =>
    classroom.attention.begin('collect', String(body.folder ?? 'Hand in'), null),
  'GET file-rounds/:id': ({ classroom, id }) => {
    const round = classroom.attention.rounds.find((each) => each.id === id);
    if (!round) throw new Refusal('not_found');
    return round;
  },
};
