import type { SessionStep } from '@homeroom/protocol';
import { stepWords } from '../words/waiting-words.ts';
import './step-list.css';

/** The way to a desktop, with where it is now. */
export function StepList({ steps }: { steps: readonly SessionStep[] }) {
  return (
    <ol className="step-list" aria-label="On the way to your desktop">
      {steps.map(({ name, state }) => (
        <li key={name} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
          {stepWords(name)}
        </li>
      ))}
    </ol>
  );
}
