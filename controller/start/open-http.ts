import type { Logger } from 'pino';
import { KioskSignIns } from '../accounts/kiosk-sign-ins.ts';
import { Broadcasts } from '../broadcasts/broadcasts.ts';
import { ClassRuns } from '../classes/class-runs.ts';
import { Seatings } from '../classes/seatings.ts';
import type { Config } from '../config-keys.ts';
import { DesktopList } from '../desktops/desktop-list.ts';
import { PoolEditor } from '../desktops/pool-editor.ts';
import { Pools } from '../desktops/pools.ts';
import { ProviderLimits } from '../desktops/provider-limits.ts';
import { TemplateEditor } from '../desktops/template-editor.ts';
import { Templates } from '../desktops/templates.ts';
import { Findings } from '../findings/findings.ts';
import type { Certificates } from '../fleet/certificates.ts';
import { RoomAccess } from '../fleet/room-access.ts';
import { RoomTeachers } from '../fleet/room-teachers.ts';
import { Gateway } from '../gateway/gateway.ts';
import { StreamAccess } from '../gateway/stream-access.ts';
import { StreamDialer } from '../gateway/stream-dialer.ts';
import { Tunnels } from '../gateway/tunnels.ts';
import { LockedEdits } from '../http/conditional-edits.ts';
import type { Health } from '../http/health.ts';
import { connectionSource, databaseSources } from '../http/metric-sources.ts';
import { Metrics } from '../http/metrics.ts';
import { MqttDoor } from '../http/mqtt-door.ts';
import type { NodeRedAddress } from '../http/node-red/register-node-red.ts';
import { OnceInDatabase } from '../http/once.ts';
import { HttpServer } from '../http/server.ts';
import type { Services } from '../http/services.ts';
import { ExamCollections } from '../lessons/exam-collections.ts';
import { Holidays } from '../lessons/holidays.ts';
import { LessonImport } from '../lessons/import/import-lessons.ts';
import { Lessons } from '../lessons/lessons.ts';
import { School } from '../lessons/school.ts';
import { SeriesOfLessons } from '../lessons/series.ts';
import { LoadTests } from '../load-tests/load-tests.ts';
import { Hosts } from '../providers/host/hosts.ts';
import { Quotas } from '../quotas/quotas.ts';
import { UsageReader } from '../quotas/usage-reader.ts';
import { OnlookerRule } from '../sessions/onlooker-rule.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { StreamTickets } from '../sessions/stream-tickets.ts';
import { StreamViewStore } from '../sessions/stream-views.ts';
import { AuditLog } from '../store/audit-log.ts';
import { countClaims } from './count-claims.ts';
import { messagingSources } from './messaging-sources.ts';
import { openAttention } from './open-attention.ts';
import type { OpenFleet } from './open-fleet.ts';
import type { OpenPeople } from './open-people.ts';
import { openPower } from './open-power.ts';
import type { Store } from './open-store.ts';
import { openWall } from './open-wall.ts';
import { powerSources } from './power-sources.ts';
import { readCertificate } from './read-certificate.ts';
import { settingsChecks } from './settings-checks.ts';
import type { Shutdown } from './shutdown.ts';

/** A load balancer that has just been answered sends its next request by then, and is told to close. */
const idleGraceMs = 1_000;

export interface HttpOptions extends Store, OpenFleet, OpenPeople {
  readonly config: Config;
  readonly certificates: Certificates;
  readonly sessions: Sessions;
  readonly status: Services['status'];
  readonly checks: Health['checks'];
  readonly about: Health['about'];
  /** Undefined where there is no Node-RED. */
  readonly nodeRed: NodeRedAddress | undefined;
  readonly filesDir: string;
  readonly webDir: string;
  readonly version: string;
  readonly logger: Logger;
  readonly shutdown: Shutdown;
}

/** Start the gateway and the HTTP port. @throws port_in_use; config_invalid when the certificate cannot be read */
export async function openHttp(options: HttpOptions): Promise<HttpServer> {
  const { config, changes, messaging, webDir, checks, shutdown } = options;
  const logger = options.logger.child({ part: 'http' });
  const metrics = new Metrics();
  const sources = [
    ...databaseSources(options.db),
    connectionSource(() => options.db.connections()),
    ...messagingSources(options),
    ...powerSources(options),
  ];
  for (const source of sources) metrics.source(source);
  shutdown.add('metrics', metrics.listen());
  const streamViews = new StreamViewStore(options);
  shutdown.add('stream views', () => streamViews.stop());
  const services = servicesOf(options, metrics, streamViews);
  const tunnels = new Tunnels(messaging.commands);
  const gateway = createGateway(options, { services, streamViews, tunnels, metrics });
  const { broker } = messaging;
  const http = new HttpServer({
    config,
    certificate: await readCertificate(config, options.certificates),
    services,
    once: new OnceInDatabase(options),
    edits: new LockedEdits(options),
    changes,
    queryLimit: options.queryLimit,
    gateway,
    tunnels,
    mqtt: broker && new MqttDoor((stream, from) => broker.handleStream(stream, from)),
    nodeRed: options.nodeRed,
    checks,
    about: options.about,
    metrics,
    webDir,
    version: options.version,
    idleGraceMs,
    logger,
  });
  // Streams are told to come again once nothing new is taken here, and while the last requests run.
  shutdown.add('http', () => Promise.all([http.stop(), gateway.stop()]).then(() => undefined));
  await http.start();
  gateway.start();
  return http;
}

function servicesOf(options: HttpOptions, metrics: Metrics, streamViews: StreamViewStore): Services {
  const { db, accounts, users, sessions, fleet, messaging, status } = options;
  const {
    groups,
    templateGroups,
    guests,
    seatGuests,
    tokens,
    peopleImport,
    secondStepCodes,
    secondStepRules,
  } = options;
  const { devices, rooms, enrolments, joinTokens, snapshots, kioskViews } = fleet;
  const { changes } = options;
  const pools = new Pools({ db });
  const power = openPower(options);
  const classRuns = new ClassRuns({ db, changes, powers: power.seatPowers });
  const broadcasts = new Broadcasts({ db, changes });
  return {
    accounts,
    oidc: options.oidc,
    users,
    groups,
    templateGroups,
    guests,
    seatGuests,
    tokens,
    peopleImport,
    secondStepCodes,
    secondStepRules,
    kioskSignIns: new KioskSignIns({ db }),
    audit: new AuditLog({ db }),
    templates: new Templates({ db }),
    pools,
    templateEditor: new TemplateEditor({ db, changes, settingsChecks }),
    poolEditor: new PoolEditor({ db, changes, pools }),
    providerLimits: new ProviderLimits({ db, changes }),
    hosts: new Hosts({ db, changes }),
    desktops: new DesktopList({ db }),
    sessions: countClaims(sessions, metrics),
    streamTickets: new StreamTickets({ db }),
    streamPermission: new StreamAccess({ devices, onlookers: new OnlookerRule({ db }) }),
    streamViews,
    broadcasts,
    devices,
    rooms,
    ...openWall({ db, changes, power: power.seatPowers, runs: classRuns, broadcasts }),
    roomAccess: new RoomAccess({ db }),
    roomTeachers: new RoomTeachers(options),
    ...openAttention(options),
    enrolments,
    joinTokens,
    findings: new Findings({ db }),
    loadTests: new LoadTests(options),
    lessons: new Lessons(options),
    ...power,
    classRuns,
    seatings: new Seatings(options),
    examCollections: new ExamCollections(options),
    lessonImport: new LessonImport(options),
    lessonSeries: new SeriesOfLessons(options),
    holidays: new Holidays(options),
    school: new School(options),
    quotas: new Quotas(options),
    usage: new UsageReader(options),
    snapshots,
    commands: messaging.commands,
    kioskViewOf: (device) => kioskViews.get(device),
    status,
  };
}

interface GatewayParts {
  readonly services: Services;
  readonly streamViews: StreamViewStore;
  readonly tunnels: Tunnels;
  readonly metrics: Metrics;
}

function createGateway(
  options: HttpOptions,
  { services, streamViews, tunnels, metrics }: GatewayParts,
): Gateway {
  const { db, changes, sessions } = options;
  return new Gateway({
    sessions,
    tickets: new StreamTickets({ db }),
    permission: services.streamPermission,
    views: streamViews,
    signIns: options.accounts,
    dialer: new StreamDialer(tunnels),
    changes,
    metrics: metrics.gateway(),
    logger: options.logger.child({ part: 'gateway' }),
  });
}
