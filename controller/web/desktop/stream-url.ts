import type { StreamTicket } from '@homeroom/protocol';

/**
 * @param page the address of this page
 * @returns where the WebSocket of a ticket is opened: same host, `wss` from an https page
 */
export function streamUrl(ticket: StreamTicket, page: string): string {
  const url = new URL(ticket.url, page);
  url.protocol = url.protocol.replace(/^http/, 'ws');
  if (!url.searchParams.has('ticket')) url.searchParams.set('ticket', ticket.ticket);
  return url.href;
}
