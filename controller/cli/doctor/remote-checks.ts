import {
  auditEntry,
  auditVerdict,
  type ControllerStatus,
  controllerStatus,
  type Device,
  device,
  type HostResource,
  hostResource,
  listOf,
  type Pool,
  pool,
} from '@homeroom/protocol';
import type { ApiClient } from '../api-client.ts';
import { bad, type Check, ok, type Verdict, warn } from './verdict.ts';

type Finding = Omit<Verdict, 'name'>;

const dayMs = 86_400_000;

/** What a controller that answers can tell, this machine's or another's. */
export function remoteChecks(api: ApiClient): readonly Check[] {
  return [
    { name: 'clock', run: async () => [clockVerdict(Date.now(), await api.time())] },
    {
      name: 'controller',
      run: async () => statusVerdicts(await api.call('GET', '/status', controllerStatus)),
    },
    { name: 'hosts', run: async () => hostVerdicts(await api.list('/hosts', hostResource)) },
    { name: 'pools', run: async () => poolVerdicts(await api.list('/pools', pool)) },
    { name: 'devices', run: async () => deviceVerdicts(await api.list('/devices', device)) },
    { name: 'backups', run: async () => [await checkBackups(api)] },
    { name: 'audit log', run: async () => [await checkAudit(api)] },
  ];
}

/** Second steps, tokens and certificates go wrong by minutes. @param theirs undefined where it was not told. Pure. */
export function clockVerdict(ours: number, theirs: number | undefined): Finding {
  if (theirs === undefined) return warn('the controller does not tell its time', 'timedatectl');
  const seconds = Math.round(Math.abs(ours - theirs) / 1000);
  if (seconds <= 5) return ok('this machine and the controller agree');
  const found = `this machine and the controller are ${seconds} s apart`;
  return seconds > 60
    ? bad(found, 'timedatectl set-ntp true   # on both')
    : warn(found, 'timedatectl set-ntp true   # on both');
}

/** Pure. */
export function statusVerdicts({ checks, missingRoles, controllers, version }: ControllerStatus): Finding[] {
  const faults = checks
    .filter((check) => !check.ok)
    .map(({ name, reason }) =>
      bad(`${name}: ${reason ?? 'it does not answer'}`, 'tail .homeroom/logs/controller.log'),
    );
  const roles = missingRoles.map((role) =>
    bad(
      `nobody carries the role ${role}`,
      `HOMEROOM_ROLES=${role} node controller/main.ts   # docs/operations.md`,
    ),
  );
  const all = [...faults, ...roles];
  const names = checks.map(({ name }) => name).join(', ');
  return all.length > 0
    ? all
    : [ok(`Homeroom ${version}, ${controllers.length} running; well: ${names}; every role is carried`)];
}

/** Pure. */
export function hostVerdicts(hosts: readonly HostResource[]): Finding[] {
  const faults = hosts.flatMap(({ id, name, healthy, faults: told, consent }) => {
    if (consent === null) return [warn(`${name} asks to run desktops`, `homeroom devices allow ${id}`)];
    if (healthy || consent === 'refused') return [];
    const why = told.map(({ message }) => message).join('; ') || 'it says nothing';
    return [bad(`${name} is not well: ${why}`, `homeroom devices show ${id}`)];
  });
  if (faults.length > 0) return faults;
  if (hosts.length === 0) return [warn('no machine runs desktops', 'homeroom token create --host')];
  return [ok(`${hosts.length} run desktops`)];
}

/** Pure. */
export function poolVerdicts(pools: readonly Pool[]): Finding[] {
  const faults = pools.flatMap(
    ({ template, ready, claimed, creating, warming, warmMinimum, waiting, failed, maximum }) => {
      const mend = `homeroom pools list; homeroom templates show ${template}`;
      if (failed > 0) return [bad(`${template}: ${failed} desktops could not be made`, mend)];
      if (waiting > 0 && ready === 0 && claimed >= maximum)
        return [
          warn(
            `${template}: ${waiting} wait and all ${maximum} are in use`,
            `homeroom pools set ${template} --maximum N`,
          ),
        ];
      if (ready < warmMinimum && creating + warming === 0)
        return [warn(`${template}: ${ready} of ${warmMinimum} stand ready and none is on its way`, mend)];
      return [];
    },
  );
  return faults.length > 0 ? faults : [ok(`${pools.length} pools are filled, or are being filled`)];
}

/** Pure. */
export function deviceVerdicts(devices: readonly Device[]): Finding[] {
  const lost = devices.filter(({ connection }) => connection === 'lost');
  const alerts = devices.filter(({ alerts: told, connection }) => told.length > 0 && connection !== 'lost');
  const faults = [
    ...lost.map(({ id, name, since }) =>
      bad(`${name} is lost since ${since ?? 'some time'}`, `homeroom devices show ${id}`),
    ),
    ...alerts.map(({ id, name, alerts: told }) =>
      warn(`${name}: ${told.map(({ message }) => message).join('; ')}`, `homeroom devices show ${id}`),
    ),
  ];
  return faults.length > 0 ? faults : [ok(`none of ${devices.length} is lost`)];
}

async function checkBackups(api: ApiClient): Promise<Finding> {
  const { items } = await api.call('GET', '/audit?action=backup.make&limit=1', listOf(auditEntry));
  return backupVerdict(items[0]?.at, Date.now());
}

/** Pure. */
export function backupVerdict(lastAt: string | undefined, now: number): Finding {
  const mend = 'homeroom backup --encrypt';
  if (lastAt === undefined) return warn('no backup was ever made', mend);
  const days = Math.floor((now - Date.parse(lastAt)) / dayMs);
  return days > 7 ? warn(`the last was made ${days} days ago`, mend) : ok(`the last was made ${lastAt}`);
}

async function checkAudit(api: ApiClient): Promise<Finding> {
  const { isWhole, verified, fault } = await api.work('/audit/verify', auditVerdict);
  if (isWhole) return ok(`its chain of ${verified} entries is whole`);
  return bad(
    `entry ${fault?.sequence} is ${fault?.kind}`,
    'homeroom audit verify; homeroom audit export audit.ndjson',
  );
}
