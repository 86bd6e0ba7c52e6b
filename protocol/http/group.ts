import * as v from 'valibot';
import { counter, label, timestamp } from '../payloads/fields.ts';
import { id } from './fields.ts';

/** People who have something in common: a class, a course, a club. */
export const group = v.object({
  id,
  name: label,
  /** Who keeps its members: we ourselves, or an OpenID provider or a directory, where they are changed then. */
  source: v.picklist(['local', 'oidc', 'ldap']),
  members: counter,
  /** Templates that are for its members (and those of other groups that are named for them) alone. */
  templates: v.array(id),
  createdAt: timestamp,
});
export type Group = v.InferOutput<typeof group>;

const groupName = v.pipe(label, v.trim(), v.minLength(1), v.maxLength(100));
const requestId = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

/** `POST /groups`, and `PATCH /groups/<id>`. */
export const groupRequest = v.strictObject({ name: groupName });

/** `POST /groups/<id>/members` adds them, `PUT` leaves nobody else. */
export const groupMembersRequest = v.strictObject({ users: v.pipe(v.array(requestId), v.maxLength(5_000)) });

/** `PUT /templates/<id>/groups`: whom the template is for; nobody named is everybody. */
export const templateGroupsRequest = v.strictObject({ groups: v.pipe(v.array(requestId), v.maxLength(500)) });

/** `GET /templates/<id>/groups`. */
export const templateGroups = v.object({ groups: v.array(id) });
export type TemplateGroups = v.InferOutput<typeof templateGroups>;
