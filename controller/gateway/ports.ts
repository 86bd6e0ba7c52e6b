import type { CommandArgsInput, CommandData, Session } from '@homeroom/protocol';
import type { StreamAddress } from '../desktops/provider.ts';

/** Who asked for a stream's ticket; the one who redeems it must be the same. */
export interface StreamHolder {
  /** The kiosk that asked, or null for any other browser. */
  readonly deviceId: string | null;
  /** The person who is signed in, or null for a kiosk by itself. */
  readonly userId: string | null;
  /** The hash of the cookie, or of the bearer token, that asked. */
  readonly signInHash: string;
}

/** What the gateway asks of the sessions. */
export interface StreamSessions {
  get(id: string): Promise<Session | undefined>;
  /** @throws session_ended, session_not_ready, not_found */
  streamOf(id: string): Promise<StreamAddress>;
  streamOpened(id: string): Promise<void>;
  streamClosed(id: string): Promise<void>;
  inputSeen(id: string): Promise<void>;
}

export interface StreamTickets {
  /** @throws ticket_invalid when it is unknown, used, expired or somebody else's */
  redeem(
    ticket: string,
    to: { readonly sessionId: string; readonly deviceId: string | null; readonly signInHash: string },
  ): Promise<void>;
}

export interface TunnelCommands {
  send(
    device: string,
    name: 'desktop.tunnel',
    args: CommandArgsInput<'desktop.tunnel'>,
    options?: { signal?: AbortSignal },
  ): Promise<CommandData<'desktop.tunnel'>>;
}

/** Whether the one who asked for a ticket is still signed in. */
export interface StreamSignIns {
  isSignedIn(signInHash: string): Promise<boolean>;
}

/** Whether a holder may see a session's desktop now: asked at the ticket, and again when something changed. */
export interface StreamPermission {
  maySee(holder: StreamHolder, session: Session): Promise<boolean>;
}
