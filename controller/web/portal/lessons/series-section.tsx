import type { LessonSeries } from '@homeroom/protocol';
import { request } from '../../shared/api/request.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { useConfirm } from '../confirm/confirm-provider.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { useAction } from '../toasts/use-action.ts';
import { type Choices, nameIn } from './use-choices.ts';

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** What repeats by weeks. */
export function SeriesSection({ choices }: { choices: Choices }) {
  const series = useResource<{ items: LessonSeries[] }>('lesson-series', { kinds: ['lesson'] });
  if (series.value?.items.length === 0) return null;
  const items = series.value?.items.toSorted(
    (one, other) => one.weekday - other.weekday || one.starts.localeCompare(other.starts),
  );
  return (
    <section className="section" aria-labelledby="series-title">
      <h2 id="series-title">Every week</h2>
      <ProblemNotice error={series.error} />
      <ul className="holidays">
        {items?.map((each) => (
          <SeriesItem key={each.id} series={each} choices={choices} />
        ))}
      </ul>
    </section>
  );
}

function SeriesItem({ series, choices }: { series: LessonSeries; choices: Choices }) {
  const confirm = useConfirm();
  const removing = useAction();
  const { id, name, weekday, starts, ends, everyWeeks, group, lastDay } = series;
  const remove = async (): Promise<void> => {
    const isSure = await confirm({
      title: `Remove ${name}?`,
      text: 'All its lessons go, past ones too. To leave one week out, cancel that lesson.',
      confirmLabel: 'Remove all of it',
    });
    if (isSure) await removing.run(() => request('DELETE', `lesson-series/${id}`), `${name} is removed.`);
  };
  return (
    <li>
      <span>
        <strong>{name}</strong> {days[weekday - 1]} {starts}–{ends}
        {everyWeeks > 1 && `, every ${everyWeeks} weeks`}, {nameIn(choices.groups, group)}, until {lastDay}
      </span>
      <button type="button" className="button quiet" disabled={removing.isBusy} onClick={() => void remove()}>
        Remove <span className="visually-hidden">{name}</span>
      </button>
    </li>
  );
}
