import { type LoadTestUser, toError } from '@homeroom/protocol';
import type { KeepAliveConnection, Reply } from './keep-alive-connection.ts';

/** How one user's question was answered. */
export interface Answered {
  readonly userId: string;
  /** From the beginning of the burst, so the wait for a free connection counts. */
  readonly answeredMs: number;
  /** Why there is no session; null when there is one. */
  readonly refusal: string | null;
}

/**
 * Let every user ask for a desktop at once, over the connections that there are: who finds none free asks as soon as
 * one is.
 *
 * @param tell how many were answered so far
 */
export async function askInOneBurst(
  connections: readonly KeepAliveConnection[],
  { users, template }: { users: readonly LoadTestUser[]; template: string },
  tell: (answered: number) => void,
): Promise<Answered[]> {
  const answers: Answered[] = [];
  const left = users.values();
  const startedAt = performance.now();
  const work = async (connection: KeepAliveConnection) => {
    for (const user of left) {
      const refusal = await ask(connection, user, template);
      answers.push({ userId: user.id, answeredMs: performance.now() - startedAt, refusal });
      tell(answers.length);
    }
  };
  await Promise.all(connections.map(work));
  return answers;
}

async function ask(
  connection: KeepAliveConnection,
  { cookie, csrfToken }: LoadTestUser,
  template: string,
): Promise<string | null> {
  const headers = { cookie: `homeroom_session=${cookie}`, 'x-csrf-token': csrfToken };
  try {
    return refusalOf(await connection.post('/api/v1/sessions', headers, { template }));
  } catch (caught) {
    return toError(caught).message;
  }
}

function refusalOf({ status, body }: Reply): string | null {
  if (status === 201) return null;
  const code = /"code":"([a-z_]+)"/.exec(body)?.[1];
  return code ?? `HTTP ${status}`;
}
