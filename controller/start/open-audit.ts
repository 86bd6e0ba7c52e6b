import type { Logger } from 'pino';
import { ReconcileLoop } from '../desktops/reconcile-loop.ts';
import { OnceInDatabase } from '../http/once.ts';
import { AuditSealer } from '../store/audit-sealer.ts';
import type { Database } from '../store/database.ts';
import type { Shutdown } from './shutdown.ts';

const forgetEveryMs = 10 * 60_000;

export interface AuditOptions {
  readonly db: Database;
  readonly logger: Logger;
  readonly shutdown: Shutdown;
}

/** Start what looks after the records of requests: the audit log is sealed, old idempotency keys are forgotten. */
export function openAudit({ db, logger: parent, shutdown }: AuditOptions): void {
  const logger = parent.child({ part: 'audit' });
  const sealer = new AuditSealer({ db, logger });
  sealer.start();
  shutdown.add('audit sealer', () => sealer.stop());
  const once = new OnceInDatabase({ db });
  const loop = new ReconcileLoop({
    name: 'idempotency keys',
    look: () => once.forgetOld(),
    intervalMs: forgetEveryMs,
    logger,
  });
  loop.start();
  shutdown.add('idempotency keys', () => loop.stop());
}
