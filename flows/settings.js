/**
 * Settings of Node-RED for Homeroom; docs/node-red.md. They work in two places:
 * - under the controller's care, which starts `flows/main.js` and names the files below `HOMEROOM_NODE_RED_DIR`;
 * - apart, as `node-red --settings <this file>`: then people sign in with their Homeroom accounts at `HOMEROOM_URL`.
 */
const { join } = require('node:path');
const { createApartDoor } = require('./lib/apart-door.js');
const { createEmbeddedDoor } = require('./lib/embedded-door.js');
const { readSecret } = require('./lib/read-secret.js');
const { createSignIn } = require('./lib/sign-in.js');

const { HOMEROOM_NODE_RED_DIR: embeddedDir, HOMEROOM_NODE_RED_SAFE: safe } = process.env;
const isEmbedded = Boolean(embeddedDir);
const door = isEmbedded
  ? createEmbeddedDoor(readSecret(join(embeddedDir, 'door-secret')))
  : createApartDoor({
      roleOf: createSignIn({
        url: process.env.HOMEROOM_URL ?? 'https://127.0.0.1:8080',
        caFile: process.env.HOMEROOM_CA_FILE,
        pin: process.env.HOMEROOM_CA_SHA256,
      }),
    });

module.exports = {
  // The files. The key of the credentials stands beside the user folder, so that a copy of the one opens nothing.
  ...(isEmbedded && {
    userDir: join(embeddedDir, 'user'),
    credentialSecret: readSecret(join(embeddedDir, 'credential-key')),
  }),
  flowFile: 'flows.json',
  flowFilePretty: true,

  // The palette, found where it stands; the dashboard looks for its widgets there.
  nodesDir: [join(__dirname, 'palette')],

  // The doors. Apart, it answers its own machine unless told otherwise; put TLS in front of it before that.
  ...(!isEmbedded && { uiHost: process.env.HOMEROOM_NODE_RED_LISTEN ?? '127.0.0.1' }),
  httpAdminRoot: '/red',
  httpNodeRoot: '/',
  httpAdminMiddleware: door.admin,
  httpNodeMiddleware: door.node,
  ...(door.adminAuth && { adminAuth: door.adminAuth }),
  dashboard: { middleware: door.dashboard, ioMiddleware: door.socket },

  // Flows are kept when they were deployed while broken ones end the process: the editor opens, they stay stopped.
  safeMode: safe === '1',

  // Small and quiet: nothing is fetched from outside unless somebody asks for it.
  telemetry: { enabled: false, updateNotification: false },
  diagnostics: { enabled: true, ui: true },
  runtimeState: { enabled: true, ui: true },
  logging: { console: { level: 'info', metrics: false, audit: false } },
  contextStorage: { default: { module: 'localfilesystem' } },
  exportGlobalContextKeys: false,
  functionExternalModules: false,
  functionTimeout: 10,
  globalFunctionTimeout: 10,
  externalModules: { palette: { allowInstall: true }, modules: { allowInstall: false } },
  debugMaxLength: 1000,
  apiMaxLength: '5mb',
  editorTheme: {
    page: { title: 'Homeroom flows' },
    header: { title: 'Homeroom flows' },
    tours: false,
    projects: { enabled: false },
    palette: { categories: ['homeroom', 'subflows', 'common', 'function', 'network'] },
    codeEditor: { lib: 'monaco' },
  },
};
