import type { ProviderLimit } from '@homeroom/protocol';
import { type FormEvent, useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { numberOf } from '../../shared/form-values.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { Table } from '../shell/table.tsx';
import { providerWords } from '../templates/template-words.ts';
import { useAction } from '../toasts/use-action.ts';

interface Limits {
  readonly items: readonly ProviderLimit[];
}

/** How many desktops may be made at once, so that filling pools does not slow down those in use. */
export function ProviderLimitsSection() {
  const limits = useResource<Limits>('provider-limits', { kinds: ['pool', 'desktop'] });
  const [saved, setSaved] = useState<Limits>();
  const items = (saved ?? limits.value)?.items;
  return (
    <section className="section" aria-labelledby="providers-title">
      <h2 id="providers-title">Made at once</h2>
      <p className="section-lead">
        How many desktops each provider may have on their way at the same time. An empty field is the default.
      </p>
      <ProblemNotice error={limits.error} />
      {items && (
        <Table label="Providers" columns={['Provider', 'On their way', 'At most']}>
          {items.map((limit) => (
            <LimitRow key={`${limit.provider} ${limit.storage}`} limit={limit} onSaved={setSaved} />
          ))}
        </Table>
      )}
    </section>
  );
}

function LimitRow({ limit, onSaved }: { limit: ProviderLimit; onSaved: (limits: Limits) => void }) {
  const { provider, storage, atOnce, isDefault, busy } = limit;
  const saving = useAction();
  const name = providerWords(provider).split(':')[0] ?? provider;
  const save = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const body = { storage, atOnce: numberOf(new FormData(event.currentTarget), 'atOnce') };
    void saving.run(
      async () => onSaved(await request<Limits>('PUT', `provider-limits/${provider}`, { body })),
      `The limit of ${name} is set.`,
    );
  };
  return (
    <tr>
      <th scope="row">
        {name}
        {storage !== '' && <small>storage {storage}</small>}
      </th>
      <td data-label="On their way">{busy}</td>
      <td data-label="At most">
        <form className="limit-form" onSubmit={save}>
          <input
            key={isDefault ? 'default' : atOnce}
            className="input"
            name="atOnce"
            type="number"
            min={1}
            max={10_000}
            aria-label={`At once, ${name}${storage && `, storage ${storage}`}`}
            defaultValue={isDefault ? '' : (atOnce ?? '')}
            placeholder={atOnce === null ? 'no limit' : String(atOnce)}
          />
          <button type="submit" className="button" disabled={saving.isBusy}>
            Set<span className="visually-hidden"> for {name}</span>
          </button>
        </form>
      </td>
    </tr>
  );
}
