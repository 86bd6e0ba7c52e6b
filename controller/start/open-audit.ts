import type { Logger } from 'pino';
import { ReconcileLoop } from '../desktops/reconcile-loop.ts';
import { OnceInDatabase } from '../http/once.ts';
import { AuditSealer } from '../store/audit-sealer.ts';
import type { Database } from '../store/database.ts';
import type { LivingControllers } from './living-controllers.ts';
import type { Shutdown } from './shutdown.ts';

const forgetEveryMs = 10 * 60_000;

export interface AuditOptions {
  readonly db: Database;
  readonly living: Pick<LivingControllers, 'forgetDead'>;
  readonly logger: Logger;
  readonly shutdown: Shutdown;
}

/** Start what looks after the records of requests: the audit log is sealed, old idempotency keys and dead
 * processes are forgotten. */
export function openAudit({ db, living, logger: parent, shutdown }: AuditOptions): void {
  const logger = parent.child({ part: 'audit' });
  const sealer = new AuditSealer({ db, logger });
  sealer.start();
  shutdown.add('audit sealer', () => sealer.stop());
  const once = new OnceInDatabase({ db });
  const loop = new ReconcileLoop({
    name: 'old requests and processes',
    look: async () => {
      await once.forgetOld();
      await living.forgetDead();
    },
    intervalMs: forgetEveryMs,
    logger,
  });
  loop.start();
  shutdown.add('old requests and processes', () => loop.stop());
}
