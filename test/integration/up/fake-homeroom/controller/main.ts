/**
 * Stands in for the controller: announces itself and answers the calls that `homeroom up` makes.
 * With a file `broken` in its data folder it complains and ends instead.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { formatJoinToken, joinTokenId } from '@homeroom/protocol/join-token';

const dataDir = process.env.HOMEROOM_DATA_DIR ?? '';
const ownDir = join(dataDir, 'controller');
const stateFile = join(ownDir, 'tokens.json');
const isFirstStart = !existsSync(ownDir);
mkdirSync(ownDir, { recursive: true });
if (existsSync(join(dataDir, 'broken'))) {
  console.error('the database has a flat tyre');
  process.exit(1);
}
writeFileSync(join(ownDir, 'admin-token'), 'admin-secret\n');
const items: unknown[] = existsSync(stateFile) ? JSON.parse(readFileSync(stateFile, 'utf8')) : [];

function createToken(): unknown {
  const secret = randomBytes(24).toString('base64url');
  const item = {
    id: joinTokenId(secret),
    note: null,
    room: 'room-1',
    host: false,
    usesLeft: null,
    expiresAt: null,
    withdrawnAt: null,
    createdAt: new Date().toISOString(),
  };
  items.push(item);
  writeFileSync(stateFile, JSON.stringify(items));
  return { ...item, token: formatJoinToken({ caSha256: '0'.repeat(64), secret }) };
}

function connectedDevice(id: string): unknown {
  const leaves = [
    'state',
    'info',
    'reported',
    'hdmi',
    'cec',
    'input',
    'relays',
    'health',
    'host',
    'hostConsent',
  ];
  return {
    id,
    name: id,
    seat: null,
    room: null,
    connection: 'ready',
    since: null,
    desired: { revision: 1, page: null, screen: 'on', lock: false, message: null, url: `/kiosk/${id}` },
    ...Object.fromEntries(leaves.map((leaf) => [leaf, null])),
    alerts: [],
  };
}

const server = createServer((request, response) => {
  const isAdmin = request.headers.authorization === 'Bearer admin-secret';
  const answers: Record<string, () => unknown> = {
    'GET /api/v1/rooms': () => ({
      items: [{ id: 'room-1', name: 'Room 1', seats: 0, teachers: [] }],
      next: null,
    }),
    'GET /api/v1/devices': () => ({ items: ['host', 'seat-1', 'seat-2'].map(connectedDevice), next: null }),
    'GET /api/v1/join-tokens': () => ({ items, next: null }),
    'POST /api/v1/join-tokens': createToken,
  };
  const [path] = (request.url ?? '').split('?');
  const answer = answers[`${request.method} ${path}`];
  response.writeHead(isAdmin && answer ? 200 : 403, { 'content-type': 'application/json' });
  response.end(JSON.stringify(isAdmin && answer ? answer() : {}));
});
server.listen(Number(process.env.HOMEROOM_PORT), '127.0.0.1', () => {
  const accounts = isFirstStart ? [{ username: 'admin', password: 'first-password' }] : [];
  const { port: httpPort } = server.address() as { port: number };
  console.log(JSON.stringify({ ready: true, httpPort, mqttPort: 1883, mqttTlsPort: 8883, accounts }));
});
process.on('SIGTERM', () => process.exit(0));
