import * as v from 'valibot';
import { label } from '../payloads/fields.ts';
import { id } from './fields.ts';

export const roles = ['student', 'teacher', 'admin'] as const;
export type Role = (typeof roles)[number];

export const user = v.object({
  id,
  username: label,
  displayName: label,
  role: v.picklist(roles),
});
export type User = v.InferOutput<typeof user>;

/** A user as `GET /users` lists them. */
export const listedUser = v.object({
  ...user.entries,
  /** Nobody can sign in as this user; everything of theirs is kept. */
  disabled: v.boolean(),
  /** Who keeps the password: we ourselves, an OpenID provider, or a directory. */
  source: v.picklist(['local', 'oidc', 'ldap', 'anonymous']),
  /** Whether the sign-in asks for a code, too. */
  secondStep: v.boolean(),
});
export type ListedUser = v.InferOutput<typeof listedUser>;

/** `POST /users`: the password is told where Homeroom made it, this once. */
export const createdUser = v.object({ ...listedUser.entries, password: v.optional(v.string()) });
export type CreatedUser = v.InferOutput<typeof createdUser>;
