import type { Fact } from './words/tone.ts';
import './fact-list.css';

/** Facts as a list of terms; the tone is a dot beside the words that say it. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="fact-list">
      {facts.map(({ label, words, tone }) => (
        <div key={label} data-tone={tone}>
          <dt>{label}</dt>
          <dd title={words}>{words}</dd>
        </div>
      ))}
    </dl>
  );
}
