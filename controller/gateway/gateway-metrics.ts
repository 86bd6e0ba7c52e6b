import type { ErrorCode } from '@homeroom/protocol';

/** What the gateway counts; `http/metrics` shows it. */
export interface GatewayMetrics {
  /** @param seconds from the upgrade to the end of both handshakes */
  opened(seconds: number): void;
  /** @param code why it ended, or why it never opened; null when the browser left */
  ended(code: ErrorCode | null): void;
  bytes(direction: 'to-browser' | 'to-desktop', count: number): void;
}
