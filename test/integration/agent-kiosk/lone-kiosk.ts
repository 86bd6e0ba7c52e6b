/** A kiosk in a process of its own, to be killed: `lone-kiosk.ts <data folder>`, tells its browser's number. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '@homeroom/agent/clock.ts';
import { createKiosk } from '@homeroom/agent/kiosk/kiosk.ts';
import { silentLog } from '@homeroom/agent/log.ts';

const [, , dataDir = ''] = process.argv;
const kiosk = createKiosk({
  dataDir,
  controllerOrigin: () => undefined,
  allowedOrigins: [],
  pinnedSpki: () => [],
  kioskCookie: async () => undefined,
  headless: true,
  size: { width: 640, height: 480 },
  log: silentLog,
  clock: systemClock,
  environment: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: dataDir },
});
await kiosk.start();
const { pid } = JSON.parse(await readFile(join(dataDir, 'kiosk-browser.json'), 'utf8')) as { pid: number };
process.send?.(pid);
