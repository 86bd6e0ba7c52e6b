import type { Session } from '@homeroom/protocol';
import { toApiError } from '../../shared/api/api-error.ts';
import { request } from '../../shared/api/request.ts';

/**
 * Ask for a fresh desktop in place of one that is not well. The first answer says that the old one has ended; the
 * person knows that already.
 *
 * @throws ApiError
 */
export async function takeFresh(template: string): Promise<Session> {
  const ask = () => request<Session>('POST', 'sessions', { body: { template } });
  try {
    return await ask();
  } catch (caught) {
    if (toApiError(caught).code !== 'desktop_lost') throw caught;
    return await ask();
  }
}
