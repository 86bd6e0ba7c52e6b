import type { Group } from '@homeroom/protocol';
import { useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { useConfirm } from '../confirm/confirm-provider.tsx';
import { NameDialog } from '../rooms/name-dialog.tsx';
import { useAction } from '../toasts/use-action.ts';
import { GroupTemplatesDialog } from './group-templates-dialog.tsx';
import { MembersDialog } from './members-dialog.tsx';

const elsewhere = { local: '', oidc: 'from the OpenID provider', ldap: 'from the directory' } as const;

export interface GroupRowProps {
  readonly group: Group;
  /** All groups: a template may be for several. */
  readonly groups: readonly Group[];
  readonly isAdmin: boolean;
}

/** One group, and what can be done with it. */
export function GroupRow({ group, groups, isAdmin }: GroupRowProps) {
  const confirm = useConfirm();
  const removing = useAction();
  const [open, setOpen] = useState<'members' | 'templates' | 'name'>();
  const close = (): void => setOpen(undefined);
  const { id, name, members, templates, source } = group;
  const remove = async (): Promise<void> => {
    const isSure = await confirm({
      title: `Remove ${name}?`,
      text:
        templates.length > 0
          ? 'Its members stay. A template that was for this group alone is everybody’s then.'
          : 'Its members stay, as people without this group.',
      confirmLabel: 'Remove it',
    });
    if (isSure) await removing.run(() => request('DELETE', `groups/${id}`), `${name} is removed.`);
  };
  return (
    <tr>
      <th scope="row">
        {name}
        {source !== 'local' && <small>{elsewhere[source]}</small>}
      </th>
      <td>{members === 1 ? '1 person' : `${members} people`}</td>
      <td>{templates.length === 0 ? 'none of its own' : templates.join(', ')}</td>
      <td className="actions">
        <div className="row-actions">
          <button
            type="button"
            className="button"
            aria-label={`Members of ${name}`}
            onClick={() => setOpen('members')}
          >
            Members
          </button>
          {isAdmin && (
            <>
              <button
                type="button"
                className="button"
                aria-label={`Templates of ${name}`}
                onClick={() => setOpen('templates')}
              >
                Templates
              </button>
              <button
                type="button"
                className="button"
                aria-label={`Rename ${name}`}
                onClick={() => setOpen('name')}
              >
                Rename
              </button>
              <button
                type="button"
                className="button danger"
                aria-label={`Remove ${name}`}
                disabled={removing.isBusy}
                onClick={() => void remove()}
              >
                Remove
              </button>
            </>
          )}
        </div>
        {open === 'members' && (
          <MembersDialog group={group} mayChange={isAdmin && source === 'local'} onClose={close} />
        )}
        {open === 'templates' && <GroupTemplatesDialog group={group} groups={groups} onClose={close} />}
        {open === 'name' && (
          <NameDialog
            title={`Rename ${name}`}
            label="Name"
            value={name}
            method="PATCH"
            path={`groups/${id}`}
            onClose={close}
          />
        )}
      </td>
    </tr>
  );
}
