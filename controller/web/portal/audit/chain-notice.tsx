import type { AuditVerdict } from '@homeroom/protocol';
import { useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { useAction } from '../toasts/use-action.ts';
import { verdictWords } from './audit-words.ts';

/** A long log takes its time. */
const waitMs = 5 * 60_000;

/** Go along the chain of entries, and say whether it is whole. */
export function ChainNotice() {
  const [verdict, setVerdict] = useState<AuditVerdict>();
  const verifying = useAction();
  const verify = () =>
    verifying.run(async () => setVerdict(await request<AuditVerdict>('GET', 'audit/verify', { waitMs })));
  return (
    <div className="chain-notice">
      <button type="button" className="button" disabled={verifying.isBusy} onClick={() => void verify()}>
        <Icon name="shield" size={18} /> Verify the chain
      </button>
      <div role="status">
        {verifying.isBusy && 'Going along the chain…'}
        {verdict && !verifying.isBusy && (
          <p className="notice" data-tone={verdict.isWhole ? 'good' : 'bad'}>
            {verdictWords(verdict)}
            {verdict.isWhole && (
              <small className="mono">Keep this end of the chain somewhere else: {verdict.hash}</small>
            )}
          </p>
        )}
      </div>
    </div>
  );
}
