export interface ToggleLineProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly isDisabled: boolean;
  readonly onToggle: (on: boolean) => void;
}

/** A word and a switch. */
export function ToggleLine({ label, isOn, isDisabled, onToggle }: ToggleLineProps) {
  return (
    <div className="relay">
      <span>{label}</span>
      <button
        type="button"
        role="switch"
        aria-checked={isOn}
        aria-label={label}
        className="switch"
        disabled={isDisabled}
        onClick={() => onToggle(!isOn)}
      />
    </div>
  );
}
