import type { HostResource } from '@homeroom/protocol';
import { request } from '../../shared/api/request.ts';
import { usePolled } from '../../shared/hooks/use-polled.ts';
import { useConfirm } from '../confirm/confirm-provider.tsx';
import { Link } from '../route/link.tsx';
import { Empty } from '../shell/empty.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { Table } from '../shell/table.tsx';
import { useAction } from '../toasts/use-action.ts';
import { hostState } from './host-state.ts';

const pollMs = 5_000;

/** The machines that run desktops, and the switch that empties one. */
export function HostsSection() {
  const { value: hosts, error } = usePolled<{ items: HostResource[] }>('hosts', pollMs);
  return (
    <section className="section" aria-labelledby="hosts-title">
      <h2 id="hosts-title">Hosts</h2>
      <p className="section-lead">
        Machines that run desktops, many people at once. Empty one before you update or stop it: it takes no
        more desktops, and those in use go on.
      </p>
      <ProblemNotice error={error} />
      {hosts?.items.length === 0 && (
        <Empty title="No hosts yet" icon="device">
          Make a join token with “They may run desktops” on the page <Link href="/enrolment">Enrolment</Link>,
          and start an agent with it on a machine with a desktop environment.
        </Empty>
      )}
      {hosts && hosts.items.length > 0 && (
        <Table label="Hosts" columns={['Host', 'State', 'Desktops', 'Load', 'Offers']} hasActions>
          {hosts.items.map((host) => (
            <HostRow key={host.id} host={host} />
          ))}
        </Table>
      )}
    </section>
  );
}

function HostRow({ host }: { host: HostResource }) {
  const { id, name, used, capacity, load, kinds, draining, faults } = host;
  const confirm = useConfirm();
  const changing = useAction();
  const { words, tone } = hostState(host);
  const drain = async (): Promise<void> => {
    const isSure =
      draining ||
      (await confirm({
        title: `Empty ${name}?`,
        text: `It takes no more desktops. ${used === 1 ? 'The one' : `The ${used}`} on it ${used === 1 ? 'goes' : 'go'} on until ${used === 1 ? 'its session ends' : 'their sessions end'}; pools make others elsewhere if there is room.`,
        confirmLabel: 'Empty it',
      }));
    if (!isSure) return;
    await changing.run(
      () => request('PATCH', `hosts/${id}`, { body: { draining: !draining } }),
      draining ? `${name} is used again.` : `${name} takes no more desktops.`,
    );
  };
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-label="State">
        <span>
          <span className="badge" data-tone={tone}>
            {words}
          </span>
          {faults.map(({ code, message }) => (
            <small key={code}>{message}</small>
          ))}
        </span>
      </td>
      <td data-label="Desktops">
        {used} of {capacity}
      </td>
      <td data-label="Load">{Math.round(load * 100)} %</td>
      <td data-label="Offers">{kinds.join(', ') || 'no desktop environment'}</td>
      <td className="actions">
        <button type="button" className="button" disabled={changing.isBusy} onClick={() => void drain()}>
          {draining ? 'Use again' : 'Empty'}
          <span className="visually-hidden"> {name}</span>
        </button>
      </td>
    </tr>
  );
}
