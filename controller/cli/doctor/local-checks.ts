import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { access, readFile, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { toError } from '@homeroom/protocol';
import { embeddedUrl } from '../../start/open-saved-database.ts';
import { CopyConnection } from '../../store/backup/copy-connection.ts';
import { readAppliedMigrations } from '../../store/backup/table-catalog.ts';
import { readMigrations } from '../../store/migrate.ts';
import type { LocalInstallation } from '../local-installation.ts';
import { bad, type Check, ok, skipped, type Verdict, warn } from './verdict.ts';

type Finding = Omit<Verdict, 'name'>;

const neededNode = 24;
const dayMs = 86_400_000;
const mib = 1024 * 1024;

/** What can be seen of an installation on its own machine, whether its controller runs or not. */
export function localChecks(
  local: LocalInstallation,
  { isRunning }: { isRunning: boolean },
): readonly Check[] {
  return [
    { name: 'Node', run: async () => [nodeVerdict(local.nodeVersion)] },
    { name: 'data folder', run: () => checkRights(local) },
    { name: 'free space', run: async () => [await checkSpace(local.dataDir)] },
    { name: 'database', run: async () => [await checkDatabase(local)] },
    { name: 'certificate', run: () => checkCertificates(local) },
    { name: 'ports', run: () => checkPorts(local, isRunning) },
  ];
}

/** Pure. */
export function nodeVerdict(version: string): Finding {
  if (Number.parseInt(version, 10) >= neededNode) return ok(`Node ${version}`);
  return bad(`Node ${version} is too old`, `npm ci   # brings Node ${neededNode}`);
}

async function checkRights({ dataDir, ownDir }: LocalInstallation): Promise<Finding[]> {
  const found = await stat(ownDir).catch(() => undefined);
  if (!found) return [bad(`${ownDir} is not there: no controller ever started here`, 'npm start')];
  const findings: Finding[] = [];
  if ((found.mode & 0o066) !== 0) findings.push(bad(`others may look into ${ownDir}`, `chmod 700 ${ownDir}`));
  const isOurs = await access(dataDir, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!isOurs)
    findings.push(
      bad(`${dataDir} cannot be written by this user`, `ls -ld ${dataDir}   # run this as its owner`),
    );
  for (const name of [
    'tls/ca-key.pem',
    'secret-key',
    'observer-password',
    'broker-password',
    'admin-token',
  ]) {
    const path = join(ownDir, name);
    const secret = await stat(path).catch(() => undefined);
    if (secret && (secret.mode & 0o077) !== 0)
      findings.push(bad(`others may read ${path}`, `chmod 600 ${path}`));
  }
  return findings.length > 0 ? findings : [ok(`${dataDir} is its owner’s alone`)];
}

async function checkSpace(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDir);
  return spaceVerdict(Math.floor((bavail * bsize) / mib), dataDir);
}

/** The database does not start below 96 MiB. Pure. */
export function spaceVerdict(freeMiB: number, folder: string): Finding {
  const mend = `df -h ${folder}; du -xh ${folder} | sort -h | tail`;
  if (freeMiB < 256) return bad(`${freeMiB} MiB are free in ${folder}`, mend);
  if (freeMiB < 2_048) return warn(`${freeMiB} MiB are free in ${folder}`, mend);
  return ok(`${Math.floor(freeMiB / 1024)} GiB are free`);
}

async function checkDatabase({ config, ownDir }: LocalInstallation): Promise<Finding> {
  const url = config.databaseUrl ?? (await embeddedUrl(ownDir));
  if (url === undefined) return bad('the embedded database does not run', 'npm start');
  try {
    await using db = await CopyConnection.open(url);
    const known = (await readMigrations()).map(({ name }) => name);
    return schemaVerdict(known, await readAppliedMigrations(db));
  } catch (caught) {
    const mend = config.databaseUrl
      ? 'psql "$HOMEROOM_DATABASE_URL" -c "select 1"'
      : `tail ${ownDir}/postgres.log`;
    return bad(`the database does not answer: ${toError(caught).message}`, mend);
  }
}

/** Pure. */
export function schemaVerdict(known: readonly string[], applied: readonly string[]): Finding {
  const newer = applied.filter((name) => !known.includes(name));
  if (newer.length > 0) {
    return bad(
      `the schema is of a newer Homeroom (${newer.join(', ')})`,
      'git pull && npm ci   # then start again',
    );
  }
  const missing = known.filter((name) => !applied.includes(name));
  if (missing.length > 0) {
    return bad(`the schema lacks ${missing.join(', ')}`, 'npm start   # brings the schema up to date');
  }
  return ok(`it answers; its schema is at ${applied.at(-1)}`);
}

async function checkCertificates({ config, ownDir }: LocalInstallation): Promise<Finding[]> {
  const paths = [config.tlsCert, join(ownDir, 'tls/server.pem'), join(ownDir, 'tls/ca.pem')];
  const findings: Finding[] = [];
  for (const path of paths) {
    if (path === undefined) continue;
    const pem = await readFile(path).catch(() => undefined);
    if (pem) findings.push(certificateVerdict(path, new X509Certificate(pem).validToDate, new Date()));
    else findings.push(skipped(`there is no ${path}`));
  }
  const faults = findings.filter(({ result }) => result !== 'ok');
  return faults.length > 0 ? faults : findings.slice(0, 1);
}

/** Our own is made anew 60 days before its end, when a controller starts. Pure. */
export function certificateVerdict(path: string, endsAt: Date, now: Date): Finding {
  const days = Math.floor((endsAt.getTime() - now.getTime()) / dayMs);
  const day = endsAt.toISOString().slice(0, 10);
  const mend = path.includes('/tls/server.pem')
    ? 'npm start   # a start makes a new one'
    : `openssl x509 -in ${path} -noout -dates   # renew it`;
  if (days < 0) return bad(`${path} ended ${day}`, mend);
  if (days < 30) return warn(`${path} ends ${day}`, mend);
  return ok(`good until ${day}`);
}

async function checkPorts({ config, ownDir }: LocalInstallation, isRunning: boolean): Promise<Finding[]> {
  if (isRunning) return [ok(`the controller has its own (${join(ownDir, 'address.json')})`)];
  const wanted = [
    { port: config.port, setting: 'HOMEROOM_PORT' },
    ...(config.mqttUrl
      ? []
      : [
          { port: config.mqttPort, setting: 'HOMEROOM_MQTT_PORT' },
          { port: config.mqttTlsPort, setting: 'HOMEROOM_MQTT_TLS_PORT' },
        ]),
  ];
  const findings: Finding[] = [];
  for (const { port, setting } of wanted) {
    const fault = await tryPort(port, config.listen);
    if (fault)
      findings.push(
        bad(
          `port ${port} cannot be opened (${fault})`,
          `ss -ltnp 'sport = :${port}'   # or choose another with ${setting}`,
        ),
      );
  }
  return findings.length > 0 ? findings : [ok(`${wanted.map(({ port }) => port).join(', ')} are free`)];
}

/** @returns why a port cannot be opened; undefined when it can */
async function tryPort(port: number, host: string): Promise<string | undefined> {
  const server = createServer();
  try {
    server.listen({ port, host });
    await once(server, 'listening');
    return undefined;
  } catch (caught) {
    return toError(caught).message;
  } finally {
    server.close();
  }
}
