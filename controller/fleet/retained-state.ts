import { type DeviceStateLeaf, deviceStateLeaves, topics } from '@homeroom/protocol';
import type { Database } from '../store/database.ts';

/** A retained message of a device, as the broker is to have it. */
export interface RetainedState {
  readonly topic: string;
  readonly payload: string;
}

type Row = { readonly id: string } & Record<DeviceStateLeaf | 'desired', unknown>;

const leaves = [...deviceStateLeaves, 'desired'] as const;

/**
 * The retained messages of every device that has not been revoked, as the database has them: the embedded
 * broker is given them when it starts.
 *
 * @throws database_unavailable
 */
export async function retainedState(db: Database): Promise<RetainedState[]> {
  const rows = await db.query<Row>(`select id, ${leaves.join(', ')} from devices where revoked_at is null`);
  return rows.flatMap((row) =>
    leaves
      .filter((leaf) => row[leaf] !== null)
      .map((leaf) => ({ topic: topics.device(row.id, leaf), payload: JSON.stringify(row[leaf]) })),
  );
}
