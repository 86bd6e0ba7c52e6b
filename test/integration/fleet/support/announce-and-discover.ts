/** Run in a network of its own: announces a controller, looks for one, prints what was found as JSON. */
import { discoverControllers } from '@homeroom/agent/enrol/discover.ts';
import { Announcement } from '@homeroom/controller/fleet/announcement.ts';
import { silentLogger } from '../../../support/postgres.ts';

const announcement = new Announcement({
  httpPort: 8080,
  mqttTlsPort: 9883,
  caSha256: 'ab'.repeat(32),
  logger: silentLogger,
});
announcement.start();
const found = await discoverControllers(20_000, AbortSignal.timeout(25_000));
await announcement.stop();
process.stdout.write(JSON.stringify(found));
