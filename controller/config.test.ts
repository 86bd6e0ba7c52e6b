import { HomeroomError } from '@homeroom/protocol';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';
import { configKeys, configSchema } from './config-keys.ts';

const load = (environment: Record<string, string>, files: Record<string, string> = {}) =>
  loadConfig({ environment, readFile: (path) => files[path] });

function faultsOf(environment: Record<string, string>, files?: Record<string, string>): string[] {
  try {
    load(environment, files);
  } catch (error) {
    if (error instanceof HomeroomError && error.code === 'config_invalid') return error.detail.split('\n');
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('takes defaults where nothing is set', () => {
    expect(load({})).toEqual({
      port: 8080,
      filesKeepDays: 30,
      handOutMaxMib: 64,
      collectMaxMib: 200,
      listen: '::',
      dataDir: '.homeroom',
      mqttPort: 1883,
      mqttTlsPort: 8883,
      logLevel: 'info',
      mdns: true,
      nodeRed: 'on',
      metrics: 'admin',
      roles: [
        'api',
        'session-broker',
        'pool-manager',
        'vm-controller',
        'cleanup',
        'teachers-portal',
        'operator',
        'mqtt',
      ],
      oidcName: 'your school account',
      oidcGroupsClaim: 'groups',
      ldapUserFilter: '(uid={username})',
      ldapIdAttribute: 'entryUUID',
      ldapUsernameAttribute: 'uid',
      ldapNameAttribute: 'cn',
      ldapMailAttribute: 'mail',
      ldapGroups: 'memberOf',
    });
  });

  it('lets the environment win over the file, and the file over the defaults', () => {
    const files = { '/data/config.json': '{"port": 9000, "mqttPort": 9001, "mdns": false}' };
    const config = load({ HOMEROOM_DATA_DIR: '/data', HOMEROOM_PORT: '9100' }, files);
    expect([config.port, config.mqttPort, config.mdns]).toEqual([9100, 9001, false]);
  });

  it('takes every form of a PostgreSQL URL, and no other', () => {
    for (const url of [
      'postgres://homeroom:secret@db.example.org/homeroom?sslmode=verify-full',
      'postgresql:///homeroom?host=/run/postgresql',
      'postgres://homeroom@/homeroom?host=/run/postgresql',
    ])
      expect(load({ HOMEROOM_DATABASE_URL: url }).databaseUrl).toBe(url);
    for (const url of ['mysql://db/homeroom', 'db.example.org', 'postgres'])
      expect(faultsOf({ HOMEROOM_DATABASE_URL: url })).toHaveLength(1);
  });

  it('sends devices to the TLS port of an external broker, unless another is set', () => {
    const url = 'mqtts://admin:secret@broker.test';
    expect(load({ HOMEROOM_MQTT_URL: `${url}:9883` }).mqttTlsPort).toBe(9883);
    expect(load({ HOMEROOM_MQTT_URL: url }).mqttTlsPort).toBe(8883);
    expect(load({ HOMEROOM_MQTT_URL: `${url}:9883`, HOMEROOM_MQTT_TLS_PORT: '9884' }).mqttTlsPort).toBe(9884);
    expect(load({ HOMEROOM_MQTT_URL: 'mqtt://broker.test:1883' }).mqttTlsPort).toBe(8883);
  });

  it('reads the file that HOMEROOM_CONFIG names', () => {
    expect(load({ HOMEROOM_CONFIG: '/etc/h.json' }, { '/etc/h.json': '{"port": 1}' }).port).toBe(1);
  });

  it('tells all faults at once, each with key, value and what is allowed', () => {
    const faults = faultsOf(
      {
        HOMEROOM_PORT: '99999',
        HOMEROOM_LOG_LEVEL: 'loud',
        HOMEROOM_TLS_CERT: '/c.pem',
        HOMEROOM_ROLES: 'api,cook',
      },
      { '.homeroom/config.json': '{"prot": 1}' },
    );
    expect(faults).toEqual([
      'HOMEROOM_PORT (port) is "99999"; it must be a port number from 0 to 65535; 0 takes any free port',
      'HOMEROOM_LOG_LEVEL (logLevel) is "loud"; it must be trace, debug, info, warn, error, fatal, silent',
      expect.stringMatching(
        /^HOMEROOM_ROLES \(roles\) is "api,cook"; it must be any of api, session-broker,/,
      ),
      'prot is no setting; see docs/configuration.md',
    ]);
  });

  it('never shows a secret that is wrong', () => {
    const faults = faultsOf({
      HOMEROOM_FIRST_PASSWORD: 'short',
      HOMEROOM_DATABASE_URL: 'mysql://u:geheim@h/d',
    });
    expect(faults).toHaveLength(2);
    expect(faults.join()).not.toMatch(/short|geheim/);
    expect(faultsOf({ HOMEROOM_MQTT_URL: 'no URL at all' }).join()).toMatch(/^HOMEROOM_MQTT_URL .*not shown/);
  });

  it('wants a certificate and its key together', () => {
    expect(faultsOf({ HOMEROOM_TLS_CERT: '/c.pem' })).toEqual([
      'HOMEROOM_TLS_CERT and HOMEROOM_TLS_KEY must be set both or neither',
    ]);
  });

  it('tells a named file that is missing, and one that is no JSON object', () => {
    expect(faultsOf({ HOMEROOM_CONFIG: '/none' })).toEqual([
      'HOMEROOM_CONFIG is "/none"; there is no such file',
    ]);
    expect(faultsOf({ HOMEROOM_CONFIG: '/c' }, { '/c': '[' })).toEqual(['/c must hold one JSON object']);
  });

  it('tells which files of the certificate are not there, before anything starts', () => {
    const environment = { HOMEROOM_TLS_CERT: '/tls/cert.pem', HOMEROOM_TLS_KEY: '/tls/key.pem' };
    expect(faultsOf(environment, { '/tls/cert.pem': 'PEM' })).toEqual([
      'HOMEROOM_TLS_KEY is "/tls/key.pem"; there is no such file that can be read',
    ]);
  });

  it('takes any roles, each once, where the database is another one’s', () => {
    const environment = { HOMEROOM_ROLES: 'cleanup, mqtt,cleanup', HOMEROOM_DATABASE_URL: 'postgres://db/h' };
    expect(load(environment).roles).toEqual(['cleanup', 'mqtt']);
    expect(load({ HOMEROOM_ROLES: 'api,mqtt' }).roles).toEqual(['api', 'mqtt']);
  });

  it('wants a database for a process that starts none', () => {
    expect(faultsOf({ HOMEROOM_ROLES: 'session-broker,mqtt' })).toEqual([
      expect.stringMatching(
        /^HOMEROOM_DATABASE_URL .* roles session-broker, mqtt and without api .* must be/,
      ),
    ]);
  });

  it('leaves room for the connection that listens', () => {
    expect(load({ HOMEROOM_DATABASE_CONNECTIONS: '3' }).databaseConnections).toBe(3);
    expect(faultsOf({ HOMEROOM_DATABASE_CONNECTIONS: '2' })).toHaveLength(1);
  });

  it('counts an empty variable as unset', () => {
    expect(load({ HOMEROOM_PORT: '' }).port).toBe(8080);
  });
});

/** Settings that mean nothing alone, and what they are set with. */
const partners: Record<string, Record<string, string>> = {
  tlsCert: { HOMEROOM_TLS_KEY: 'k' },
  tlsKey: { HOMEROOM_TLS_CERT: 'c' },
  oidcIssuer: { HOMEROOM_OIDC_CLIENT_ID: 'homeroom' },
  oidcClientId: { HOMEROOM_OIDC_ISSUER: 'https://login.example' },
  ldapUrl: { HOMEROOM_LDAP_BASE_DN: 'dc=example' },
  ldapBaseDn: { HOMEROOM_LDAP_URL: 'ldaps://dc1.example' },
  ldapBindDn: { HOMEROOM_LDAP_BIND_PASSWORD: 'secret' },
  ldapBindPassword: { HOMEROOM_LDAP_BIND_DN: 'cn=homeroom' },
};

describe('configKeys', () => {
  it('describes each setting of the schema, with an example that is allowed and a default that is true', () => {
    const defaults: Record<string, unknown> = load({});
    for (const [name, key] of Object.entries(configKeys)) {
      const others = partners[name] ?? {};
      const files = { [key.example]: 'PEM', k: 'PEM', c: 'PEM' };
      expect(faultsOf({ [key.environment]: key.example, ...others }, files), name).toEqual([]);
      const shown = defaults[name];
      expect(Array.isArray(shown) ? shown.join(',') : (shown?.toString() ?? null), name).toBe(key.fallback);
    }
    expect(Object.keys(configSchema.entries).sort()).toEqual(Object.keys(configKeys).sort());
  });
});
