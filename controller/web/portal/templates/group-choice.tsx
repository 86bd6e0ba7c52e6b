import type { Group } from '@homeroom/protocol';
import { CheckField } from '../../shared/ui/check-field.tsx';
import { byName } from '../../shared/words/by-name.ts';
import { Link } from '../route/link.tsx';

/** Whom a template is for. */
export function GroupChoice({ template, groups }: { template: string; groups: readonly Group[] }) {
  return (
    <section className="card" aria-labelledby="for-title">
      <h2 id="for-title">Who may use it</h2>
      <p className="section-lead">
        With no group chosen it is for everybody. Teachers and admins may use every template.
      </p>
      {groups.length === 0 && (
        <p>
          There are no groups yet. <Link href="/groups">Make one</Link>, or import people: the file names
          their groups.
        </p>
      )}
      <div className="field-row">
        {byName(groups, ({ name }) => name).map(({ id, name, templates }) => (
          <CheckField
            key={id}
            label={name}
            name="groups"
            value={id}
            defaultChecked={templates.includes(template)}
          />
        ))}
      </div>
    </section>
  );
}
