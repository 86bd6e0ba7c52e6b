import type { SecondStepState } from '@homeroom/protocol';
import { useState } from 'react';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { CodeDialog } from './code-dialog.tsx';
import { SetUpDialog } from './set-up-dialog.tsx';

type Doing = 'set-up' | 'renew' | 'remove';

/** One’s own second step: set up, new recovery codes, off. */
export function OwnSecondStep() {
  const state = useResource<SecondStepState>('me/second-step', { kinds: ['user'] });
  const [doing, setDoing] = useState<Doing>();
  const close = (): void => setDoing(undefined);
  const { value } = state;
  return (
    <section className="section" aria-labelledby="second-step-title">
      <h2 id="second-step-title">Second step</h2>
      <ProblemNotice error={state.error} />
      {value && <p role="status">{wordsOf(value)}</p>}
      {value && !value.isSet && (
        <p>
          <button type="button" className="button primary" onClick={() => setDoing('set-up')}>
            Set it up
          </button>
        </p>
      )}
      {value?.isSet && (
        <p className="page-actions">
          <button type="button" className="button" onClick={() => setDoing('renew')}>
            New recovery codes
          </button>
          {!value.isRequired && (
            <button type="button" className="button danger" onClick={() => setDoing('remove')}>
              Remove it
            </button>
          )}
        </p>
      )}
      {doing === 'set-up' && <SetUpDialog onClose={close} />}
      {(doing === 'renew' || doing === 'remove') && <CodeDialog doing={doing} onClose={close} />}
    </section>
  );
}

function wordsOf({ isSet, isRequired, recoveryCodesLeft }: SecondStepState): string {
  if (isSet) {
    const left = recoveryCodesLeft === 1 ? 'One recovery code is' : `${recoveryCodesLeft} recovery codes are`;
    return `Your sign-in asks for a code of your phone beside the password. ${left} left.`;
  }
  const why = 'With it, your password alone lets nobody in: a code of your phone is asked for, too.';
  return isRequired ? `${why} Your role must have it: set it up now, or at your next sign-in.` : why;
}
