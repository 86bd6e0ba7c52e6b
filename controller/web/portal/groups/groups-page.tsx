import type { Group, User } from '@homeroom/protocol';
import { useState } from 'react';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { byName } from '../../shared/words/by-name.ts';
import { NameDialog } from '../rooms/name-dialog.tsx';
import { Empty } from '../shell/empty.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { GroupRow } from './group-row.tsx';

/** Groups of people: who belongs to them, and which templates are theirs. */
export function GroupsPage({ user }: { user: User }) {
  const groups = useResource<{ items: Group[] }>('groups', { kinds: ['group', 'template', 'user'] });
  const [isAdding, setAdding] = useState(false);
  const items = groups.value && byName(groups.value.items, ({ name }) => name);
  const isAdmin = user.role === 'admin';
  const add = isAdmin && (
    <button type="button" className="button" onClick={() => setAdding(true)}>
      <Icon name="plus" size={18} /> Add a group
    </button>
  );
  return (
    <Page title="Groups" lead="Classes, courses, clubs: who learns together." actions={add}>
      <ProblemNotice error={groups.error} />
      {items?.length === 0 && (
        <Empty title="No groups yet" icon="people">
          A group is who learns together: lessons are held for it, and a template can be for it alone.
          Importing people makes the groups that the file names.
        </Empty>
      )}
      {items && items.length > 0 && (
        <div className="table-frame card">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Group</th>
                <th scope="col">Members</th>
                <th scope="col">Templates of its own</th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((group) => (
                <GroupRow key={group.id} group={group} groups={items} isAdmin={isAdmin} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isAdding && (
        <NameDialog title="Add a group" label="Name" path="groups" onClose={() => setAdding(false)} />
      )}
    </Page>
  );
}
