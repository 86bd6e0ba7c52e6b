/** A controller in a process of its own that brings seats through their classes, until it is killed. */
import { ClassReconciler } from '@homeroom/controller/classes/class-reconciler.ts';
import { Sessions } from '@homeroom/controller/sessions/sessions.ts';
import { openDatabase } from '@homeroom/controller/store/database.ts';
import { PostgresChanges } from '@homeroom/controller/store/postgres-changes.ts';
import { HomeroomError } from '@homeroom/protocol';
import { silentLogger as logger } from '../../support/postgres.ts';

const [url = ''] = process.argv.slice(2);
const db = await openDatabase({ url, maxConnections: 3, logger });
const changes = new PostgresChanges({ db, url, logger });
changes.start();
const reconciler = new ClassReconciler({
  ...{ db, changes, logger },
  sessions: new Sessions({ db, changes, logger }),
  // Nothing is known of the power of these seats: they have no relays.
  powers: {
    ofRoom: async () => [],
    request: () => Promise.reject(new HomeroomError('power_not_switchable')),
  },
  commands: { send: () => Promise.reject(new HomeroomError('device_offline')) },
});
reconciler.start();
// Whoever started it may be gone without a word.
process.stdin.resume().on('end', () => process.exit());
