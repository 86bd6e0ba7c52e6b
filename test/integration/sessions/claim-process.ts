/** A controller in a process of its own that claims once: the other side of a race. */
import { claim } from '@homeroom/controller/sessions/claim.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import { openDatabase } from '@homeroom/controller/store/database.ts';
import { silentLogger } from '../../support/postgres.ts';

const [url = '', userId = '', templateId = ''] = process.argv.slice(2);
const db = await openDatabase({ url, maxConnections: 1, logger: silentLogger });
process.stdout.write('ready\n');
await new Promise((resolve) => process.stdin.once('data', resolve));
const { state, desktop_id: desktopId } = await claim(db, {
  userId,
  templateId,
  seatId: null,
  actor: systemActor,
});
process.stdout.write(`${JSON.stringify({ state, desktopId })}\n`);
await db.stop();
process.stdin.destroy();
