import type { FileRound } from '@homeroom/protocol';

/** A row of `file_rounds` with its people. */
export interface RoundRow extends Omit<FileRound, 'startedAt' | 'expiresAt'> {
  readonly created_at: Date;
  readonly expires_at: Date;
}

/** The columns of {@link RoundRow}. */
export const roundSql = `
select r.id, r.room_id as room, r.kind, r.folder, r.name, s.display_name as "startedBy", r.created_at, r.expires_at, (
    select coalesce(json_agg(json_build_object(
      'user', u.id, 'username', u.username, 'displayName', u.display_name, 'state', p.state, 'reason', p.reason,
      'files', p.files, 'bytes', p.bytes, 'leftCount', p.left_count
    ) order by u.display_name, u.username), '[]')
    from file_round_people p join users u on u.id = p.user_id where p.round_id = r.id
  ) as people
from file_rounds r left join users s on s.id = r.started_by`;

/** @returns the round as the API tells it. Pure. */
export function toRound({ created_at, expires_at, ...row }: RoundRow): FileRound {
  return { ...row, startedAt: created_at.toISOString(), expiresAt: expires_at.toISOString() };
}
