import type { AuditEntry } from '@homeroom/protocol';
import { changedFields, changeWords } from './audit-words.ts';

/** One entry: a line that opens to everything it tells. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  const { at, actor, action, subject, address, sequence, hash } = entry;
  const fields = changedFields(entry);
  return (
    <tr>
      <th scope="row">
        <time dateTime={at}>{timeOf(at)}</time>
      </th>
      <td data-label="Who">
        <span>
          {actor ?? 'Homeroom'}
          {address && <small className="mono">{address}</small>}
        </span>
      </td>
      <td data-label="What">
        <span>
          {action}
          {subject && <small className="mono">{subject}</small>}
        </span>
      </td>
      <td data-label="Changed">
        <details>
          <summary>{changeWords(fields) || 'no details'}</summary>
          <dl className="audit-fields">
            {fields.map(({ name, before, after }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  {before !== undefined && <del>{before}</del>} {after !== undefined && <ins>{after}</ins>}
                </dd>
              </div>
            ))}
            <div>
              <dt>Sealed</dt>
              <dd className="mono">
                {sequence === null ? 'not yet' : `${sequence}, ${hash?.slice(0, 16)}…`}
              </dd>
            </div>
          </dl>
        </details>
      </td>
    </tr>
  );
}

function timeOf(at: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' }).format(
    new Date(at),
  );
}
