import type { ListedUser, Role } from '@homeroom/protocol';

/** The columns of `users` that a {@link ListedUser} is made of. */
export const listedUserColumns = 'id, username, display_name, role, disabled_at, created_at' as const;

export interface ListedUserRow {
  readonly id: string;
  readonly username: string;
  readonly display_name: string;
  readonly role: Role;
  readonly disabled_at: Date | null;
  readonly created_at: Date;
}

/** @returns a row that selected {@link listedUserColumns}, as the API tells it. */
export function toListedUser({ id, username, display_name, role, disabled_at }: ListedUserRow): ListedUser {
  return { id, username, displayName: display_name, role, disabled: disabled_at !== null };
}
