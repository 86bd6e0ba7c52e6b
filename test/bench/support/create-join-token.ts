import type { JoinTokenResource, Room } from '@homeroom/protocol';
import type { BenchController } from './bench-controller.ts';

/** @returns a join token that places devices in the first room */
export async function createJoinToken({ ask }: Pick<BenchController, 'ask'>): Promise<string> {
  const { items } = (await ask('GET', '/rooms')) as { items: Room[] };
  const created = (await ask('POST', '/join-tokens', {
    note: 'bench',
    room: items[0]?.id,
  })) as JoinTokenResource;
  if (created.token === undefined) throw new Error('the controller told no token');
  return created.token;
}
