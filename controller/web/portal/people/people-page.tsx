import type { ListedUser, User } from '@homeroom/protocol';
import { useState } from 'react';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { SelectField } from '../../shared/ui/select-field.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { byName } from '../../shared/words/by-name.ts';
import { MoreButton } from '../shell/more-button.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { useFirst } from '../shell/use-first.ts';
import { ImportDialog } from './import-dialog.tsx';
import { isNamed } from './is-named.ts';
import { NewPersonDialog } from './new-person-dialog.tsx';
import { PersonRow } from './person-row.tsx';
import { roleChoices } from './role-choices.ts';
import './people-page.css';

/** Everybody who has an account: make, change, disable. */
export function PeoplePage({ user }: { user: User }) {
  const people = useResource<{ items: ListedUser[] }>('users', { kinds: ['user'] });
  const [isAdding, setAdding] = useState(false);
  const [isImporting, setImporting] = useState(false);
  const [role, setRole] = useState('');
  const [looked, setLooked] = useState('');
  const everybody = people.value && byName(people.value.items, ({ username }) => username);
  const items = everybody?.filter(
    (person) => isNamed(person, looked) && (role === '' || person.role === role),
  );
  const { shown, hasMore, more } = useFirst(items ?? []);

  return (
    <Page title="People" lead="Everybody who has an account here.">
      <section className="section" aria-labelledby="accounts-title">
        <header className="page-head">
          <h2 id="accounts-title">Accounts</h2>
          <div className="page-actions">
            <button type="button" className="button" onClick={() => setImporting(true)}>
              <Icon name="people" size={18} /> Import people
            </button>
            <button type="button" className="button" onClick={() => setAdding(true)}>
              <Icon name="plus" size={18} /> Add a person
            </button>
          </div>
        </header>
        <ProblemNotice error={people.error} />
        {everybody && (
          <search className="filters" aria-label="People">
            <TextField
              label="Find"
              type="search"
              value={looked}
              autoComplete="off"
              onChange={({ target }) => setLooked(target.value)}
            />
            <SelectField label="Role" value={role} onChange={({ target }) => setRole(target.value)}>
              <option value="">all roles</option>
              {roleChoices.map((choice) => (
                <option key={choice.role} value={choice.role}>
                  {choice.label}
                </option>
              ))}
            </SelectField>
          </search>
        )}
        {items?.length === 0 && <p role="status">Nobody matches.</p>}
        {items && items.length > 0 && (
          <div className="table-frame card">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">Role</th>
                  <th scope="col">State</th>
                  <th scope="col">
                    <span className="visually-hidden">Actions</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {shown.map((person) => (
                  <PersonRow key={person.id} person={person} isSelf={person.id === user.id} />
                ))}
              </tbody>
            </table>
          </div>
        )}
        <MoreButton shown={shown.length} total={items?.length} hasMore={hasMore} onMore={more} />
      </section>
      {isImporting && <ImportDialog onClose={() => setImporting(false)} />}
      {isAdding && <NewPersonDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}
