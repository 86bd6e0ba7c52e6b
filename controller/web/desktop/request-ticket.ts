import type { StreamPurpose, StreamTicket } from '@homeroom/protocol';
import { csrfToken } from '../shared/api/csrf-token.ts';
import { fetchMe, request } from '../shared/api/request.ts';

/**
 * A ticket for one connection. One round trip where this tab knows its CSRF token, two where it was opened afresh.
 *
 * @throws ApiError
 */
export async function requestTicket(
  sessionId: string,
  purpose: StreamPurpose = 'own',
): Promise<StreamTicket> {
  if (csrfToken.get() === '') await fetchMe();
  return request<StreamTicket>('POST', `sessions/${sessionId}/tickets`, { body: { purpose } });
}
