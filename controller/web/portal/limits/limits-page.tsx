import type { Group, ListedUser, Quota, Template, User } from '@homeroom/protocol';
import { useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { useConfirm } from '../confirm/confirm-provider.tsx';
import { Empty } from '../shell/empty.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { Table } from '../shell/table.tsx';
import { useAction } from '../toasts/use-action.ts';
import './limits-page.css';
import { LimitDialog } from './limit-dialog.tsx';
import { type LimitNames, limitWords, scopeWords } from './limit-words.ts';

/** How much of the desktops a person, a group or everybody may have. */
export function LimitsPage({ user }: { user: User }) {
  const limits = useResource<{ items: Quota[] }>('quotas', { kinds: ['quota', 'session'] });
  const people = useResource<{ items: ListedUser[] }>('users', { kinds: ['user'] });
  const groups = useResource<{ items: Group[] }>('groups', { kinds: ['group'] });
  const templates = useResource<{ items: Template[] }>('templates', { kinds: ['template'] });
  const [isAdding, setAdding] = useState(false);
  const items = limits.value?.items;
  const isAdmin = user.role === 'admin';
  const names: LimitNames = {
    people: people.value?.items ?? [],
    groups: groups.value?.items ?? [],
    templates: templates.value?.items ?? [],
  };
  const add = isAdmin && (
    <button type="button" className="button primary" onClick={() => setAdding(true)}>
      <Icon name="plus" size={18} /> Add a limit
    </button>
  );
  return (
    <Page
      title="Limits"
      lead="How many desktops and hours a person, a group or a template may use. A limit holds for what is started from then on."
      actions={add}
    >
      <ProblemNotice error={limits.error ?? people.error ?? groups.error} />
      {items?.length === 0 && (
        <Empty title="No limits" icon="heart">
          Everybody may use desktops as long as there are some. Add a limit where one class should leave room
          for the others.
        </Empty>
      )}
      {items && items.length > 0 && (
        <Table label="Limits" columns={['For', 'Limit']} hasActions={isAdmin}>
          {items.map((quota) => (
            <LimitRow key={quota.id} quota={quota} names={names} isAdmin={isAdmin} />
          ))}
        </Table>
      )}
      {isAdding && <LimitDialog names={names} onClose={() => setAdding(false)} />}
    </Page>
  );
}

function LimitRow({ quota, names, isAdmin }: { quota: Quota; names: LimitNames; isAdmin: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const confirm = useConfirm();
  const removing = useAction();
  const scope = scopeWords(quota, names);
  const remove = async (): Promise<void> => {
    const isSure = await confirm({
      title: 'Remove this limit?',
      text: `${scope}: ${limitWords(quota).join(', ')}. Without it they may use as much as there is.`,
      confirmLabel: 'Remove it',
    });
    if (isSure) await removing.run(() => request('DELETE', `quotas/${quota.id}`), 'The limit is removed.');
  };
  return (
    <tr>
      <th scope="row">{scope}</th>
      <td data-label="Limit">
        <span>
          {limitWords(quota).map((words) => (
            <span key={words} className="limit-line">
              {words}
            </span>
          ))}
        </span>
      </td>
      {isAdmin && (
        <td className="actions">
          <div className="row-actions">
            <button
              type="button"
              className="button"
              aria-label={`Change: ${scope}`}
              onClick={() => setOpen(true)}
            >
              Change
            </button>
            <button
              type="button"
              className="button danger"
              aria-label={`Remove: ${scope}`}
              disabled={removing.isBusy}
              onClick={() => void remove()}
            >
              Remove
            </button>
          </div>
          {isOpen && <LimitDialog quota={quota} names={names} onClose={() => setOpen(false)} />}
        </td>
      )}
    </tr>
  );
}
