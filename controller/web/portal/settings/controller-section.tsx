import type { ControllerProcess, ControllerStatus } from '@homeroom/protocol';
import { useNow } from '../../shared/hooks/use-now.ts';
import { usePolled } from '../../shared/hooks/use-polled.ts';
import { agoWords } from '../../shared/words/time-words.ts';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { Table } from '../shell/table.tsx';
import { missingWords } from './controller-words.ts';

/** Nothing announces how the controller itself is. */
const pollMs = 10_000;

/** The controller: where it is, how its parts are, and which processes carry it. */
export function ControllerSection() {
  const { value: status, error } = usePolled<ControllerStatus>('status', pollMs);
  return (
    <section className="section" aria-labelledby="controller-title">
      <h2 id="controller-title">Controller</h2>
      <ProblemNotice error={error} />
      {status && (
        <>
          {status.missingRoles.length > 0 && (
            <p className="notice" data-tone="warn" role="status">
              {missingWords(status.missingRoles)}
            </p>
          )}
          <dl className="fact-grid card">
            <dt>Version</dt>
            <dd>{status.version}</dd>
            <dt>Portal</dt>
            <dd>{status.portalUrl}</dd>
            <dt>MQTT</dt>
            <dd>{[status.mqttUrl, status.mqttTlsUrl].filter(Boolean).join(', ')}</dd>
            <dt>Health</dt>
            <dd>
              {status.checks.map(({ name, ok, reason }) => (
                <span key={name}>
                  <span className="badge" data-tone={ok ? 'good' : 'bad'}>
                    {name} {ok ? 'answers' : (reason ?? 'does not answer')}
                  </span>{' '}
                </span>
              ))}
            </dd>
            <dt>CA fingerprint</dt>
            <dd className="mono">{status.caSha256}</dd>
          </dl>
          <Processes processes={status.controllers} />
        </>
      )}
    </section>
  );
}

function Processes({ processes }: { processes: readonly ControllerProcess[] }) {
  const now = useNow(5_000);
  return (
    <Table label="Processes" columns={['Process', 'Roles', 'Version', 'Started', 'Last heard']}>
      {processes.map(({ id, machine, pid, roles, version, startedAt, seenAt }) => (
        <tr key={id}>
          <th scope="row">
            {machine}
            <small className="mono">process {pid}</small>
          </th>
          <td data-label="Roles">{roles.join(', ')}</td>
          <td data-label="Version">{version}</td>
          <td data-label="Started">{agoWords(startedAt, now)}</td>
          <td data-label="Last heard">{agoWords(seenAt, now)}</td>
        </tr>
      ))}
    </Table>
  );
}
