import type { Pool } from '@homeroom/protocol';
import { type FormEvent, useId, useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { Link } from '../route/link.tsx';
import { useAction } from '../toasts/use-action.ts';
import { LevelBar } from './level-bar.tsx';
import { PoolDialog } from './pool-dialog.tsx';
import { poolFields, poolPatch } from './pool-fields.ts';
import { poolLevels, poolWords } from './pool-levels.ts';

export interface PoolRowProps {
  readonly pool: Pool;
  readonly name: string;
  readonly isAdmin: boolean;
}

/** One pool: how it is, and how it shall be. */
export function PoolRow({ pool, name, isAdmin }: PoolRowProps) {
  const formId = useId();
  const saving = useAction();
  // What somebody else saves meanwhile does not take the place of what is being typed.
  const [typedOver, setTypedOver] = useState<Pool>();
  const sizes = typedOver ?? pool;
  const isChanged = typedOver !== undefined;
  const [isOpen, setOpen] = useState(false);
  const words = poolWords(pool);

  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const body = poolPatch(sizes, new FormData(event.currentTarget));
    const isDone = await saving.run(
      () => request('PATCH', `pools/${pool.template}`, { body }),
      `The pool of ${name} has its new size.`,
    );
    if (isDone) setTypedOver(undefined);
  };

  return (
    <tr>
      <th scope="row">
        {isAdmin ? <Link href={`/templates/${pool.template}`}>{name}</Link> : name}
        {pool.waiting > 0 && (
          <small>
            <span className="badge" data-tone="warn">
              {pool.waiting === 1 ? '1 waits' : `${pool.waiting} wait`}
            </span>
          </small>
        )}
      </th>
      <td className="level-cell">
        {poolLevels(pool).map((level) => (
          <LevelBar key={level.name} level={level} />
        ))}
        {words && <small>{words}</small>}
      </td>
      {poolFields.map(({ name: field, label, whenEmpty }) => (
        <td key={field} data-label={label}>
          {isAdmin ? (
            <input
              key={sizes[field] ?? ''}
              className="input size"
              form={formId}
              name={field}
              type="number"
              min={0}
              max={100_000}
              inputMode="numeric"
              aria-label={`${label}, ${name}`}
              defaultValue={sizes[field] ?? ''}
              placeholder={whenEmpty}
              required={whenEmpty === undefined}
              onInput={() => setTypedOver(sizes)}
            />
          ) : (
            (pool[field] ?? whenEmpty)
          )}
        </td>
      ))}
      {isAdmin && (
        <td className="actions">
          <form id={formId} className="row-actions" onSubmit={(event) => void save(event)}>
            <button
              type="submit"
              className={isChanged ? 'button primary' : 'button'}
              disabled={!isChanged || saving.isBusy}
            >
              Save<span className="visually-hidden"> {name}</span>
            </button>
            <button
              type="button"
              className="button quiet square"
              title="Age and replacing"
              aria-label={`Age and replacing, ${name}`}
              onClick={() => setOpen(true)}
            >
              <Icon name="settings" size={18} />
            </button>
          </form>
          {isOpen && <PoolDialog pool={pool} name={name} onClose={() => setOpen(false)} />}
        </td>
      )}
    </tr>
  );
}
