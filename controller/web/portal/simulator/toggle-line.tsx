import { useOptimistic } from './use-optimistic.ts';

export interface ToggleLineProps {
  readonly label: string;
  /** As the device reports it. */
  readonly isOn: boolean;
  readonly isDisabled: boolean;
  /** @returns whether it reached the device */
  readonly onToggle: (on: boolean) => Promise<boolean>;
}

/** A word and a switch. */
export function ToggleLine({ label, isOn, isDisabled, onToggle }: ToggleLineProps) {
  const { shown, choose } = useOptimistic(isOn);
  return (
    <div className="relay">
      <span>{label}</span>
      <button
        type="button"
        role="switch"
        aria-checked={shown}
        aria-label={label}
        className="switch"
        disabled={isDisabled}
        onClick={() => choose(!shown, () => onToggle(!shown))}
      />
    </div>
  );
}
