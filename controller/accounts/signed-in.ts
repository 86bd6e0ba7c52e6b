import type { Role, User } from '@homeroom/protocol';

/** Who is behind a request. */
export interface SignedIn {
  readonly user: User & {
    /** The name of the home directory and of the account on hosts. */
    readonly account: string;
    readonly posixUid: number;
    /** Somebody without an account: may use nothing but the one session that they were let in for. */
    readonly isGuest?: true;
  };
  /** The kiosk that the sign-in is bound to; null for any other browser and for scripts. */
  readonly deviceId: string | null;
  /** To be sent back with everything that changes something; empty for a bearer token, which needs none. */
  readonly csrfToken: string;
  /** Names the sign-in without giving it away: stream tickets are bound to it. */
  readonly idHash: string;
  /** What a bearer token is limited to; absent for a cookie, which may all that its user may. */
  readonly scopes?: readonly string[];
}

/** The columns that every query for a SignedIn selects from `users u`. */
export const signedInColumns =
  'u.id, u.username, u.display_name, u.role, u.account, u.posix_uid, u.source' as const;

export interface SignedInRow {
  readonly id: string;
  readonly username: string;
  readonly display_name: string;
  readonly role: Role;
  readonly account: string;
  readonly posix_uid: number;
  readonly source: string;
}

/** @returns the user part of a row that selected {@link signedInColumns}. */
export function userOf(row: SignedInRow): SignedIn['user'] {
  const { id, username, role, account } = row;
  const user = { id, username, displayName: row.display_name, role, account, posixUid: row.posix_uid };
  return row.source === 'anonymous' ? { ...user, isGuest: true } : user;
}
