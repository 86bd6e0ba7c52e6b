import * as v from 'valibot';
import { type ConfigKey, flag, list, text } from './config-key.ts';
import { fileConfigEntries, fileConfigKeys } from './config-keys-files.ts';
import { signInConfigEntries, signInConfigKeys } from './config-keys-sign-in.ts';
import { controllerRoles } from './roles.ts';

export type { ConfigKey } from './config-key.ts';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const port = v.pipe(text, v.regex(/^\d{1,5}$/), v.transform(Number), v.maxValue(65_535));
const url = (...protocols: string[]) =>
  v.pipe(
    text,
    v.url(),
    v.check((value) => protocols.includes(URL.parse(value)?.protocol ?? '')),
  );
/** The host may stand in `?host=` alone, as the folder of a Unix socket: PostgreSQL's own URLs allow what others do not. */
const databaseUrl = v.pipe(
  text,
  v.check((value) =>
    ['postgres:', 'postgresql:'].includes(URL.parse(value.replace('@/', '@localhost/'))?.protocol ?? ''),
  ),
);

/** The settings' one schema; strict, so that a mistyped key in the file is told. */
export const configSchema = v.strictObject({
  port: v.optional(port, 8080),
  listen: v.optional(v.pipe(text, v.ip()), '::'),
  dataDir: v.optional(text, '.homeroom'),
  databaseUrl: v.optional(databaseUrl),
  databaseConnections: v.optional(
    v.pipe(text, v.regex(/^\d{1,4}$/), v.transform(Number), v.minValue(3), v.maxValue(1_000)),
  ),
  mqttUrl: v.optional(url('mqtt:', 'mqtts:', 'ws:', 'wss:')),
  mqttPort: v.optional(port, 1883),
  mqttTlsPort: v.optional(port, 8883),
  firstPassword: v.optional(v.pipe(v.string(), v.minLength(8), v.maxLength(1024))),
  logLevel: v.optional(v.pipe(text, v.picklist(logLevels)), 'info'),
  mdns: v.optional(flag, true),
  nodeRed: v.optional(v.pipe(text, v.picklist(['on', 'off'])), 'on'),
  metrics: v.optional(v.picklist(['admin', 'loopback']), 'admin'),
  tlsCert: v.optional(text),
  tlsKey: v.optional(text),
  secretKeyFile: v.optional(text),
  publicUrl: v.optional(url('http:', 'https:')),
  trustedProxies: v.optional(v.pipe(list, v.array(v.pipe(v.string(), v.ip())))),
  roles: v.optional(
    v.pipe(
      list,
      v.array(v.picklist(controllerRoles)),
      v.minLength(1),
      v.transform((roles) => [...new Set(roles)]),
    ),
    () => [...controllerRoles],
  ),
  healthPort: v.optional(port),
  ...fileConfigEntries,
  ...signInConfigEntries,
});
/** What the controller runs by, checked. */
export type Config = Readonly<v.InferOutput<typeof configSchema>>;

const plain = { unit: null, fallback: null, isSecret: false } as const;
const portNumber = 'a port number from 0 to 65535; 0 takes any free port';

/** Every setting of the controller. The key is the name in the file; `docs/configuration.md` is made from this. */
export const configKeys = {
  port: {
    ...plain,
    environment: 'HOMEROOM_PORT',
    description:
      'Port of the portal, the API and the kiosk pages; it speaks TLS and, to this machine only, plain HTTP.',
    fallback: '8080',
    example: '8443',
    allowed: portNumber,
  },
  listen: {
    ...plain,
    environment: 'HOMEROOM_LISTEN',
    description: 'Address to listen on, for HTTP and for MQTT over TLS; `::` is every one, of IPv4 too.',
    fallback: '::',
    example: '192.168.10.1',
    allowed: 'an IPv4 or IPv6 address of this machine',
  },
  dataDir: {
    ...plain,
    environment: 'HOMEROOM_DATA_DIR',
    description: 'Folder for everything that is kept: database, certificates, credentials, homes.',
    fallback: '.homeroom',
    example: '/var/lib/homeroom',
    allowed: 'a path',
  },
  databaseUrl: {
    ...plain,
    environment: 'HOMEROOM_DATABASE_URL',
    description:
      'PostgreSQL to use instead of the embedded one. A process without the role `api` starts none, and needs it.',
    example: 'postgres://homeroom:secret@db.example.org/homeroom',
    allowed: 'a URL that starts with postgres:// or postgresql://',
    isSecret: true,
  },
  databaseConnections: {
    ...plain,
    environment: 'HOMEROOM_DATABASE_CONNECTIONS',
    description:
      'Connections to the database that this process holds at most. Without it: 9 where `api` is a role, 7 where `session-broker` is, else 5, so that ten processes fit PostgreSQL as it comes.',
    unit: 'connections',
    example: '20',
    allowed: 'a number from 3 to 1000; one of them listens to changes',
  },
  mqttUrl: {
    ...plain,
    environment: 'HOMEROOM_MQTT_URL',
    description:
      'MQTT broker to use instead of the embedded one. A process without the role `mqtt` that is to reach the broker of one with it, on another machine, takes the user `controller` here and the password of its file `broker-password`; on the same machine it finds both by itself.',
    example: 'mqtts://homeroom:secret@broker.example.org:8883',
    allowed: 'a URL that starts with mqtt://, mqtts://, ws:// or wss://',
    isSecret: true,
  },
  mqttPort: {
    ...plain,
    environment: 'HOMEROOM_MQTT_PORT',
    description: 'Port of the embedded broker without TLS; it answers this machine only.',
    fallback: '1883',
    example: '2883',
    allowed: portNumber,
  },
  mqttTlsPort: {
    ...plain,
    environment: 'HOMEROOM_MQTT_TLS_PORT',
    description:
      'Port of the embedded broker with TLS; devices use it. With a broker of your own: the port where devices reach that one with TLS.',
    fallback: '8883',
    example: '9883',
    allowed: portNumber,
  },
  firstPassword: {
    ...plain,
    environment: 'HOMEROOM_FIRST_PASSWORD',
    description: 'Password of the accounts that the first start makes; without it each gets one of its own.',
    example: 'correct horse battery',
    allowed: '8 to 1024 characters',
    isSecret: true,
  },
  logLevel: {
    ...plain,
    environment: 'HOMEROOM_LOG_LEVEL',
    description: 'How much is logged; the log is JSON lines on the standard error output.',
    fallback: 'info',
    example: 'debug',
    allowed: logLevels.join(', '),
  },
  mdns: {
    ...plain,
    environment: 'HOMEROOM_MDNS',
    description: 'Announce the controller on the local network, so that new devices find it.',
    fallback: 'true',
    example: 'false',
    allowed: 'true or false',
  },
  nodeRed: {
    ...plain,
    environment: 'HOMEROOM_NODE_RED',
    description:
      'Run Node-RED beside the controller, with the teachers’ dashboard and the flows (docs/node-red.md); the role teachers-portal does so.',
    fallback: 'on',
    example: 'off',
    allowed: 'on or off',
  },
  metrics: {
    ...plain,
    environment: 'HOMEROOM_METRICS',
    description:
      'Who may read `/metrics`: whoever has an admin’s bearer token, or also every process of this machine, desktops of users included.',
    fallback: 'admin',
    example: 'loopback',
    allowed: 'admin or loopback',
  },
  tlsCert: {
    ...plain,
    environment: 'HOMEROOM_TLS_CERT',
    description:
      'PEM file of a certificate (and its chain) for the HTTP port, instead of the controller’s own.',
    example: '/etc/homeroom/tls/fullchain.pem',
    allowed: 'a path; HOMEROOM_TLS_KEY is needed too',
  },
  tlsKey: {
    ...plain,
    environment: 'HOMEROOM_TLS_KEY',
    description: 'PEM file of that certificate’s key.',
    example: '/etc/homeroom/tls/privkey.pem',
    allowed: 'a path; HOMEROOM_TLS_CERT is needed too',
  },
  secretKeyFile: {
    ...plain,
    environment: 'HOMEROOM_SECRET_KEY_FILE',
    description:
      'File of the key that seals secrets in the database (those of second steps); made at the first start. Controllers that share a database need the same one; without this setting it is `controller/secret-key` in the data folder.',
    example: '/run/secrets/homeroom-key',
    allowed: 'a path',
  },
  publicUrl: {
    ...plain,
    environment: 'HOMEROOM_PUBLIC_URL',
    description: 'Address that people type, where it is not this machine’s own; its origin is accepted too.',
    example: 'https://desks.example.org',
    allowed: 'a URL that starts with http:// or https://',
  },
  trustedProxies: {
    ...plain,
    environment: 'HOMEROOM_TRUSTED_PROXIES',
    description: 'Addresses of reverse proxies whose X-Forwarded headers are believed.',
    example: '10.0.0.2,10.0.0.3',
    allowed: 'IP addresses, separated by commas',
  },
  roles: {
    ...plain,
    environment: 'HOMEROOM_ROLES',
    description: 'Which parts of the controller this process carries: docs/operations.md.',
    fallback: controllerRoles.join(','),
    example: 'api,session-broker',
    allowed: `any of ${controllerRoles.join(', ')}, separated by commas`,
  },
  healthPort: {
    ...plain,
    environment: 'HOMEROOM_HEALTH_PORT',
    description:
      'Port of `/healthz`, `/readyz` and `/metrics`. Without it: HOMEROOM_PORT where `api` is a role, else that of the first role: session-broker 8081, teachers-portal 8082, pool-manager 8083, cleanup 8084, vm-controller 8080, operator 8086, mqtt 8087.',
    example: '8085',
    allowed: portNumber,
  },
  ...fileConfigKeys,
  ...signInConfigKeys,
} as const satisfies Record<keyof Config, ConfigKey>;
