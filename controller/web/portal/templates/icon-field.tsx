import { useId } from 'react';
import { Icon } from '../../shared/icons/icon.tsx';
import { type IconName, templateIcon } from '../../shared/icons/icon-paths.ts';

/** Drawings that stand for what a desktop is used for. */
const choices: readonly { name: IconName; label: string }[] = [
  { name: 'desktop', label: 'Desktop' },
  { name: 'browser', label: 'Browser' },
  { name: 'terminal', label: 'Terminal' },
  { name: 'application', label: 'Application' },
  { name: 'board', label: 'Electronics' },
  { name: 'edit', label: 'Writing' },
  { name: 'page', label: 'Documents' },
  { name: 'sparkle', label: 'Ideas' },
  { name: 'room', label: 'School' },
  { name: 'television', label: 'Video' },
];

/** Choose the picture on a template's card. */
export function IconField({ value, onChange }: { value: string | null; onChange: (name: string) => void }) {
  const name = useId();
  const chosen = templateIcon(value);
  return (
    <fieldset className="icon-field">
      <legend>Picture</legend>
      {choices.map((choice) => (
        <label key={choice.name} title={choice.label}>
          <input
            type="radio"
            name={name}
            className="visually-hidden"
            checked={chosen === choice.name}
            onChange={() => onChange(choice.name)}
          />
          <Icon name={choice.name} size={22} />
          <span className="visually-hidden">{choice.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
