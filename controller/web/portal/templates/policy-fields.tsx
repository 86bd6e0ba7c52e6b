import type { TemplatePolicies } from '@homeroom/protocol';
import { CheckField } from '../../shared/ui/check-field.tsx';
import { policyChoices } from './template-words.ts';

/** What a desktop lets through. */
export function PolicyFields({ policies }: { policies: TemplatePolicies }) {
  return (
    <section className="card" aria-labelledby="policies-title">
      <h2 id="policies-title">What it allows</h2>
      <div className="field-row">
        {policyChoices.map(({ name, label }) => (
          <CheckField key={name} label={label} name={name} defaultChecked={policies[name] !== false} />
        ))}
      </div>
    </section>
  );
}
