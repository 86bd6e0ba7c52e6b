import type { PoolLevel } from './pool-levels.ts';

const names = { warm: 'Warm', cold: 'Cold' } as const;

/** How full one level of a pool is: what stands there, what is on its way, and a mark at what is wanted. */
export function LevelBar({ level }: { level: PoolLevel }) {
  const { name, have, coming, minimum, scale, isShort, words } = level;
  return (
    <div className="level" data-short={isShort}>
      <span className="level-name">{names[name]}</span>
      <svg className="level-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect className="level-track" width="100" height="8" />
        <rect className="level-coming" width={(100 * (have + coming)) / scale} height="8" />
        <rect className="level-have" data-level={name} width={(100 * have) / scale} height="8" />
        {minimum > 0 && minimum < scale && (
          <rect className="level-mark" x={(100 * minimum) / scale - 0.5} width="1" height="8" />
        )}
      </svg>
      <span className="level-words">{words}</span>
    </div>
  );
}
