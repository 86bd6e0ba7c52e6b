import type { ApiError } from '../../shared/api/api-error.ts';
import { FaultList } from './fault-list.tsx';

/** What is wrong with a file, line by line; nothing of it was imported. */
export function ImportFaults({ error }: { error: ApiError }) {
  return (
    <div className="notice" data-tone="bad" role="alert">
      <p>
        <strong>{error.title}</strong> {error.remedy}
      </p>
      {error.faults.length > 0 && <FaultList faults={error.faults} />}
    </div>
  );
}
