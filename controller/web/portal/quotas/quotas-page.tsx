import type { ListedUser, Quota, User } from '@homeroom/protocol';
import { useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { useConfirm } from '../confirm/confirm-provider.tsx';
import { type Choices, nameIn, useChoices } from '../lessons/use-choices.ts';
import { Empty } from '../shell/empty.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { useAction } from '../toasts/use-action.ts';
import { QuotaDialog } from './quota-dialog.tsx';
import { limitWords } from './quota-words.ts';

/** Limits on people, groups and templates, with what counts against them now. */
export function QuotasPage({ user }: { user: User }) {
  const isAdmin = user.role === 'admin';
  const quotas = useResource<{ items: Quota[] }>('quotas', { kinds: ['quota', 'session', 'group'] });
  const people = useResource<{ items: ListedUser[] }>(isAdmin ? 'users' : undefined, { kinds: ['user'] });
  const choices = useChoices();
  const [isAdding, setAdding] = useState(false);
  const add = isAdmin && (
    <button type="button" className="button primary" onClick={() => setAdding(true)}>
      <Icon name="plus" size={18} /> New limit
    </button>
  );
  const items = quotas.value?.items;
  return (
    <Page title="Quotas" lead="How much desktop a person, a group or everybody may have." actions={add}>
      <ProblemNotice error={quotas.error} />
      {items?.length === 0 && (
        <Empty title="No limits" icon="levels">
          Everybody has one desktop at a time, for as long as its template lets them. A limit makes that less:
          sessions or desktops at once, or hours a week.
        </Empty>
      )}
      {items && items.length > 0 && (
        <div className="table-frame card">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">For</th>
                <th scope="col">Desktop</th>
                <th scope="col">Limit</th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((quota) => (
                <QuotaRow
                  key={quota.id}
                  quota={quota}
                  who={whoOf(quota, choices, people.value?.items ?? [])}
                  choices={choices}
                  isAdmin={isAdmin}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isAdding && <QuotaDialog choices={choices} onClose={() => setAdding(false)} />}
    </Page>
  );
}

interface QuotaRowProps {
  readonly quota: Quota;
  readonly who: string;
  readonly choices: Choices;
  readonly isAdmin: boolean;
}

function QuotaRow({ quota, who, choices, isAdmin }: QuotaRowProps) {
  const confirm = useConfirm();
  const removing = useAction();
  const [isChanging, setChanging] = useState(false);
  const remove = async (): Promise<void> => {
    const isSure = await confirm({
      title: `Remove the limit for ${who}?`,
      text: 'What it held back may be used at once.',
      confirmLabel: 'Remove',
    });
    if (isSure) await removing.run(() => request('DELETE', `quotas/${quota.id}`), 'The limit is gone.');
  };
  return (
    <tr>
      <th scope="row">{who}</th>
      <td data-label="Desktop">
        {quota.template === null ? 'All' : nameIn(choices.templates, quota.template)}
      </td>
      <td data-label="Limit">{limitWords(quota).join(', ')}</td>
      <td className="actions">
        {isAdmin && (
          <div className="row-actions">
            <button type="button" className="button" onClick={() => setChanging(true)}>
              Change
            </button>
            <button
              type="button"
              className="button danger"
              disabled={removing.isBusy}
              onClick={() => void remove()}
            >
              Remove
            </button>
          </div>
        )}
        {isChanging && <QuotaDialog quota={quota} choices={choices} onClose={() => setChanging(false)} />}
      </td>
    </tr>
  );
}

function whoOf({ user, group }: Quota, choices: Choices, people: readonly ListedUser[]): string {
  if (group !== null) return nameIn(choices.groups, group);
  if (user === null) return 'Everybody';
  return people.find(({ id }) => id === user)?.displayName ?? 'One person';
}
