import type { SecondStepRules } from '@homeroom/protocol';
import { useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { CheckField } from '../../shared/ui/check-field.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { useAction } from '../toasts/use-action.ts';

const choices = [
  { role: 'teacher', label: 'Teachers' },
  { role: 'admin', label: 'Admins' },
] as const;

/** For admins: who must have a second step. */
export function SecondStepRulesSection() {
  const rules = useResource<SecondStepRules>('second-step', { kinds: [] });
  const [chosen, setChosen] = useState<SecondStepRules>();
  const saving = useAction();
  const roles = (chosen ?? rules.value)?.roles;
  const choose = (role: 'teacher' | 'admin', isWanted: boolean): void => {
    const others = (roles ?? []).filter((each) => each !== role);
    const body = { roles: isWanted ? [...others, role] : others };
    void saving.run(async () => setChosen(await request<SecondStepRules>('PUT', 'second-step', { body })));
  };
  return (
    <section className="section" aria-labelledby="rules-title">
      <h2 id="rules-title">Who must have a second step</h2>
      <p>
        Who has none yet sets it up at the next sign-in. You can reset it for somebody on the People page.
      </p>
      <ProblemNotice error={rules.error} />
      {roles &&
        choices.map(({ role, label }) => (
          <CheckField
            key={role}
            label={label}
            checked={roles.includes(role)}
            disabled={saving.isBusy}
            onChange={({ target }) => choose(role, target.checked)}
          />
        ))}
    </section>
  );
}
