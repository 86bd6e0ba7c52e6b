import type { Usage } from '@homeroom/protocol';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { countLimits, hoursLimit, hoursWords } from './usage-words.ts';
import './my-usage.css';

/** My hours of this week, what limits them, and where my files are. */
export function MyUsage() {
  const { value: usage } = useResource<Usage>('me/usage', { kinds: ['session', 'quota'] });
  if (!usage) return null;
  const hours = usage.limits.flatMap((limit) => hoursLimit(limit) ?? []);
  const counts = usage.limits.flatMap(countLimits);
  return (
    <section className="my-usage" aria-label="My week and my files">
      <div className="card">
        <h2>
          <Icon name="clock" size={18} /> My hours
        </h2>
        <p>{hoursWords(usage.hoursUsed)} this week.</p>
        {hours.map(({ share, words }) => (
          <p key={words}>
            <meter value={share} aria-label={words} />
            <small>{words}</small>
          </p>
        ))}
        {counts.map((words) => (
          <p key={words}>
            <small>{words}</small>
          </p>
        ))}
      </div>
      <div className="card">
        <h2>
          <Icon name="files" size={18} /> My files
        </h2>
        <p>
          Save in your home folder: every desktop of yours opens it, and it stays when a desktop ends.{' '}
          <span className="mono">{usage.home}</span>
        </p>
      </div>
    </section>
  );
}
