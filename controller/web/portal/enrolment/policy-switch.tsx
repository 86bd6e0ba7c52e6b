import type { EnrolmentPolicy } from '@homeroom/protocol';
import { useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { useNow } from '../../shared/hooks/use-now.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { countdown } from '../../shared/words/time-words.ts';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { useAction } from '../toasts/use-action.ts';
import './enrolment-page.css';

type Policy = EnrolmentPolicy['policy'];
const openMinutes = 10;

const policies: readonly { policy: Policy; label: string; text: string }[] = [
  {
    policy: 'token',
    label: 'With a join token',
    text: 'Only devices that carry a token come in. The safest.',
  },
  {
    policy: 'approve',
    label: 'After approval',
    text: 'A device shows a code; you compare it here and accept.',
  },
  {
    policy: 'open',
    label: `Open for ${openMinutes} minutes`,
    text: 'Every device on the network comes in. For setting up a room.',
  },
];

/** Choose who may come in; `open` closes by itself, with a countdown. */
export function PolicySwitch() {
  const policy = useResource<EnrolmentPolicy>('enrolment', { kinds: ['enrolment'] });
  const [chosen, setChosen] = useState<EnrolmentPolicy>();
  const [asked, setAsked] = useState<Policy>();
  const now = useNow(1_000);
  const saving = useAction();
  const current = currentPolicy(chosen ?? policy.value, now);
  const left = current?.openUntil ? countdown(current.openUntil, now) : undefined;

  const choose = (next: Policy): void => {
    const body = next === 'open' ? { policy: next, minutes: openMinutes } : { policy: next };
    // Shown at once; a refusal takes it back.
    setAsked(next);
    void saving
      .run(async () => setChosen(await request<EnrolmentPolicy>('PUT', 'enrolment', { body })))
      .then(() => setAsked(undefined));
  };
  return (
    <section className="section" aria-labelledby="policy-title">
      <h2 id="policy-title">Who may come in</h2>
      <ProblemNotice error={policy.error} />
      <div className="policy-switch" role="radiogroup" aria-labelledby="policy-title">
        {policies.map(({ policy: name, label, text }) => (
          <label key={name} className="policy card">
            <input
              type="radio"
              name="policy"
              checked={(asked ?? current?.policy) === name}
              disabled={saving.isBusy || !current}
              onChange={() => choose(name)}
            />
            <span>
              <strong>{label}</strong>
              {name === 'open' && current?.policy === 'open' && left && (
                <span className="badge" data-tone="warn">
                  {left} left
                </span>
              )}
              <small>{text}</small>
            </span>
          </label>
        ))}
      </div>
    </section>
  );
}

/** An open door whose time is over is closed, also before the controller has said so. */
function currentPolicy(policy: EnrolmentPolicy | undefined, now: Date): EnrolmentPolicy | undefined {
  const isOver = policy?.openUntil && Date.parse(policy.openUntil) <= now.getTime();
  return isOver ? { policy: 'token', openUntil: null } : policy;
}
