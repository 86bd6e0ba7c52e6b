import { useId, useState } from 'react';

export interface TemperatureControlProps {
  readonly reportedC: number | null;
  readonly isDisabled: boolean;
  readonly onSet: (temperatureC: number) => void;
}

/** A slider that is sent when it is let go. */
export function TemperatureControl({ reportedC, isDisabled, onSet }: TemperatureControlProps) {
  const id = useId();
  const [chosenC, setChosenC] = useState<number>();
  const shownC = chosenC ?? reportedC ?? 45;
  const send = (): void => {
    if (chosenC !== undefined) onSet(chosenC);
  };
  return (
    <div className="field">
      <label htmlFor={id}>Temperature: {Math.round(shownC)} °C</label>
      <input
        id={id}
        type="range"
        min={20}
        max={95}
        value={shownC}
        disabled={isDisabled}
        onChange={(event) => setChosenC(Number(event.target.value))}
        onPointerUp={send}
        onKeyUp={send}
      />
    </div>
  );
}
