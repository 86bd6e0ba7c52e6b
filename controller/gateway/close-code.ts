import { type ErrorCode, errors } from '@homeroom/protocol';

/**
 * How a refused or broken stream is told to the browser: pages cannot read the body of a refused
 * upgrade, so the WebSocket is closed with 4000 + the code's HTTP status (the range that RFC 6455,
 * 7.4.2, leaves to applications) and the code itself as the reason.
 */
export function closeCodeOf(code: ErrorCode): number {
  return 4000 + errors[code].status;
}
