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
