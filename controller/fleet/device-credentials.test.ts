import type { Change } from '@homeroom/protocol';
import { HomeroomError } from '@homeroom/protocol';
import { pino } from 'pino';
import { afterEach, expect, it } from 'vitest';
import type { Database, Prepared } from '../store/database.ts';
import { DeviceCredentials, hashPassword } from './device-credentials.ts';

interface Row {
  id: string;
  credential_hash: string | null;
  revoked_at: Date | null;
}

const started: DeviceCredentials[] = [];
afterEach(() => {
  for (const credentials of started.splice(0)) credentials.stop();
});

async function setUp(...devices: Row[]) {
  const rows = new Map(devices.map((row) => [row.id, row]));
  const state = { isAway: false, queries: 0 };
  const listeners = new Set<(change: Change) => void>();
  const query = async <T>(sql: string | Prepared, values: readonly unknown[] = []): Promise<T[]> => {
    state.queries += 1;
    if (state.isAway) throw new HomeroomError('database_unavailable');
    const isOne = String(sql).includes('where id');
    const found = isOne
      ? [rows.get(String(values[0]))].filter((row) => row !== undefined)
      : [...rows.values()];
    return found.map((row) => ({ ...row })) as T[];
  };
  const unused = () => Promise.reject(new Error('not used here'));
  const db: Database = {
    query,
    transaction: unused,
    together: unused,
    isTogether: false,
    afterCommit: (run) => run(),
    ping: unused,
    stop: unused,
  };
  const changes = {
    announce: (change: Change) => {
      for (const listener of listeners) listener(change);
    },
    subscribe: (listener: (change: Change) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const credentials = new DeviceCredentials({ db, changes, logger: pino({ level: 'silent' }) });
  await credentials.start();
  started.push(credentials);
  state.queries = 0;
  return { credentials, rows, state, changes };
}

const device = (id: string, password: string): Row => ({
  id,
  credential_hash: hashPassword(password),
  revoked_at: null,
});

it('knows every device from its start on, without asking again', async () => {
  const { credentials, state } = await setUp(device('pi-1', 'secret'));
  expect(await credentials.deviceHash('pi-1')).toBe(hashPassword('secret'));
  expect(await credentials.authenticate('pi-1', 'secret')).toBe(true);
  expect(await credentials.authenticate('pi-1', 'wrong')).toBe(false);
  expect(state.queries).toBe(0);
});

it('goes on while the database is away', async () => {
  const { credentials, state } = await setUp(device('pi-1', 'secret'));
  state.isAway = true;
  expect(await credentials.authenticate('pi-1', 'secret')).toBe(true);
  await expect(credentials.deviceHash('pi-2')).rejects.toThrow(/database_unavailable/);
});

it('asks for a device that it does not know, and takes no unknown one', async () => {
  const { credentials, rows } = await setUp();
  expect(await credentials.deviceHash('pi-1')).toBeUndefined();
  rows.set('pi-1', device('pi-1', 'secret'));
  expect(await credentials.authenticate('pi-1', 'secret')).toBe(true);
});

it('forgets at once what a change tells of', async () => {
  const { credentials, rows, changes } = await setUp(device('pi-1', 'old'), device('pi-2', 'secret'));
  rows.set('pi-1', device('pi-1', 'new'));
  rows.set('pi-2', { id: 'pi-2', credential_hash: null, revoked_at: new Date() });
  changes.announce({ kind: 'credential', id: 'pi-1' });
  changes.announce({ kind: 'credential', id: 'pi-2' });
  expect(await credentials.authenticate('pi-1', 'old')).toBe(false);
  expect(await credentials.authenticate('pi-1', 'new')).toBe(true);
  await expect(credentials.deviceHash('pi-2')).rejects.toThrow(/device_revoked/);
  expect(await credentials.authenticate('pi-2', 'secret')).toBe(false);
});

it('keeps what it knows when a device only reports', async () => {
  const { credentials, state, changes } = await setUp(device('pi-1', 'secret'));
  changes.announce({ kind: 'device', id: 'pi-1' });
  await credentials.deviceHash('pi-1');
  expect(state.queries).toBe(0);
});
