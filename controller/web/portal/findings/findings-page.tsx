import { type Finding, type FindingKind, findingKinds } from '@homeroom/protocol';
import { useState } from 'react';
import { useNow } from '../../shared/hooks/use-now.ts';
import { usePaged } from '../../shared/hooks/use-paged.ts';
import { CheckField } from '../../shared/ui/check-field.tsx';
import { SelectField } from '../../shared/ui/select-field.tsx';
import { agoWords } from '../../shared/words/time-words.ts';
import { Empty } from '../shell/empty.tsx';
import { MoreButton } from '../shell/more-button.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { Table } from '../shell/table.tsx';
import { kindWords, timesWords } from './finding-words.ts';

/** What the sweepers found: first told, then mended where that is safe. */
export function FindingsPage() {
  const [kind, setKind] = useState<FindingKind>();
  const [hasMended, setMended] = useState(false);
  const path = `findings?state=${hasMended ? 'all' : 'open'}${kind ? `&kind=${kind}` : ''}`;
  const { items, error, hasMore, isBusy, more } = usePaged<Finding>(path, { kinds: ['finding'] });
  return (
    <Page
      title="Findings"
      lead="Homeroom compares its records with every provider, in both directions. What differs is told here first, and mended when that is safe."
    >
      <ProblemNotice error={error} />
      <div className="filters">
        <SelectField
          label="Kind"
          value={kind ?? ''}
          onChange={({ target }) => setKind(findingKinds.find((each) => each === target.value))}
        >
          <option value="">all kinds</option>
          {findingKinds.map((each) => (
            <option key={each} value={each}>
              {kindWords(each).words}
            </option>
          ))}
        </SelectField>
        <CheckField
          label="Show what is over, too"
          checked={hasMended}
          onChange={({ target }) => setMended(target.checked)}
        />
      </div>
      {items?.length === 0 && (
        <Empty title="Everything is in its place" icon="check">
          {kind === undefined
            ? 'No desktop is missing, foreign, stuck or forgotten. '
            : `None is ${kind}: ${kindWords(kind).hint}. `}
          For the whole installation, <code>homeroom doctor</code> looks at more.
        </Empty>
      )}
      {items && items.length > 0 && (
        <Table label="Findings" columns={['What', 'Why', 'Seen', 'What is done']}>
          {items.map((finding) => (
            <FindingRow key={finding.id} finding={finding} />
          ))}
        </Table>
      )}
      <MoreButton shown={items?.length ?? 0} hasMore={hasMore} isBusy={isBusy} onMore={more} />
    </Page>
  );
}

function FindingRow({ finding }: { finding: Finding }) {
  const now = useNow(30_000);
  const { kind, provider, subject, reason, firstSeenAt, lastSeenAt, mend, mendedAt } = finding;
  const { words, hint } = kindWords(kind);
  return (
    <tr>
      <th scope="row">
        <span title={hint}>{words}</span> {provider !== null && <span className="badge">{provider}</span>}
        <small className="mono">{subject}</small>
      </th>
      <td data-label="Why">{reason}</td>
      <td data-label="Seen">
        <span>
          {timesWords(finding)}, last {agoWords(lastSeenAt, now)}
          <small>first {agoWords(firstSeenAt, now)}</small>
        </span>
      </td>
      <td data-label="What is done">
        <span>
          {mend}
          <small>
            <span className="badge" data-tone={mendedAt === null ? 'warn' : 'good'}>
              {mendedAt === null ? 'open' : `over ${agoWords(mendedAt, now)}`}
            </span>
          </small>
        </span>
      </td>
    </tr>
  );
}
