import { hashPassword } from '@homeroom/controller/fleet/device-credentials.ts';
import type { Database } from '@homeroom/controller/store/database.ts';

export interface BenchDevice {
  readonly id: string;
  readonly password: string;
}

/** @returns devices with credentials, the same in every process that asks */
export function benchDevices(count: number): BenchDevice[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `bench-${index}`,
    password: `a password of 32 characters ${index}`.padEnd(32, '-'),
  }));
}

/** Have the controller know devices, as if they had enrolled. */
export async function insertDevices(db: Database, devices: readonly BenchDevice[]): Promise<void> {
  const rows = devices.map(({ id, password }) => ({ id, hash: hashPassword(password) }));
  await db.query(
    `insert into devices (id, name, credential_hash, credential_issued_at)
     select d.id, d.id, d.hash, now() from jsonb_to_recordset($1) as d(id text, hash text)`,
    [JSON.stringify(rows)],
  );
}
