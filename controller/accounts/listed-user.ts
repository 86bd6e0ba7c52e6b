import type { ListedUser, Role } from '@homeroom/protocol';

/** The columns of `users` that a {@link ListedUser} is made of. */
export const listedUserColumns =
  'id, username, display_name, role, disabled_at, created_at, source, totp_confirmed_at' as const;

export interface ListedUserRow {
  readonly id: string;
  readonly username: string;
  readonly display_name: string;
  readonly role: Role;
  readonly disabled_at: Date | null;
  readonly created_at: Date;
  readonly source: ListedUser['source'];
  readonly totp_confirmed_at: Date | null;
}

/** @returns a row that selected {@link listedUserColumns}, as the API tells it. */
export function toListedUser(row: ListedUserRow): ListedUser {
  const { id, username, role, source } = row;
  return {
    id,
    username,
    displayName: row.display_name,
    role,
    disabled: row.disabled_at !== null,
    source,
    secondStep: row.totp_confirmed_at !== null,
  };
}
