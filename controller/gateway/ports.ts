import type { CommandArgsInput, CommandData, Session, StreamPurpose } from '@homeroom/protocol';
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

/** What a stream is opened for. */
export interface StreamRight {
  readonly purpose: StreamPurpose;
  /** The broadcast that is seen, for the purpose `broadcast` alone. */
  readonly broadcastId: string | null;
}

export interface StreamTickets {
  /**
   * @returns what the ticket was given for
   * @throws ticket_invalid when it is unknown, used, expired or somebody else's
   */
  redeem(
    ticket: string,
    to: { readonly sessionId: string; readonly deviceId: string | null; readonly signInHash: string },
  ): Promise<StreamRight>;
}

/** A stream beside those of a session's own user. */
export interface StreamView extends StreamRight {
  readonly sessionId: string;
  readonly deviceId: string | null;
  readonly userId: string | null;
}

/** The streams of those who look, as all processes and the pages know of them. */
export interface StreamViews {
  /**
   * Write one down. It is over by itself when it is not renewed within `viewLastsS`.
   *
   * @returns its id, and when it must end at the latest: with its broadcast
   * @throws control_taken, broadcast_over
   */
  open(view: StreamView): Promise<{ id: string; endsInMs: number | null }>;
  /** @returns those that still stand: a hold on keyboard and mouse may have gone to another stream of the same person */
  renew(ids: readonly string[]): Promise<ReadonlySet<string>>;
  close(id: string): Promise<void>;
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

/** What a holder may do with a session's desktop now: asked at the ticket, and again when something changed. */
export interface StreamPermission {
  /** Whether it is the holder's own to see: its user's, or the kiosk's of its seat. */
  maySee(holder: StreamHolder, session: Session): Promise<boolean>;
  /** @returns undefined when the holder may not open a stream for that purpose */
  rightTo(holder: StreamHolder, session: Session, purpose: StreamPurpose): Promise<StreamRight | undefined>;
}

/** Who may look at a desktop that is not theirs, by the records. */
export interface OnlookerRights {
  /** Whether a person may look at, and help at, a session's desktop. */
  mayLook(userId: string, sessionId: string): Promise<boolean>;
  /** @returns the live broadcast of a session's desktop that the seat of a device is to show */
  broadcastAt(deviceId: string, sessionId: string): Promise<string | undefined>;
}
