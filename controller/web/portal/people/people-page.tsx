import type { ListedUser, User } from '@homeroom/protocol';
import { useState } from 'react';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { byName } from '../../shared/words/by-name.ts';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { NewPersonDialog } from './new-person-dialog.tsx';
import { PersonRow } from './person-row.tsx';
import './people-page.css';

/** Everybody who has an account: make, change, disable. */
export function PeoplePage({ user }: { user: User }) {
  const people = useResource<{ items: ListedUser[] }>('users', { kinds: ['user'] });
  const [isAdding, setAdding] = useState(false);
  const [isImporting, setImporting] = useState(false);
  const items = people.value && byName(people.value.items, ({ username }) => username);

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
        {items && (
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
                {items.map((person) => (
                  <PersonRow key={person.id} person={person} isSelf={person.id === user.id} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      {isImporting && <ImportDialog onClose={() => setImporting(false)} />}
      {isAdding && <NewPersonDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}
