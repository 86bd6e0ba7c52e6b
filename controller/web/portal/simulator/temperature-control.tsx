import { useId } from 'react';
import { useOptimistic } from './use-optimistic.ts';

export interface TemperatureControlProps {
  readonly reportedC: number | null;
  readonly isDisabled: boolean;
  /** @returns whether it reached the device */
  readonly onSet: (temperatureC: number) => Promise<boolean>;
}

/** A slider that stays where the hand puts it, and sends while it is moved. */
export function TemperatureControl({ reportedC, isDisabled, onSet }: TemperatureControlProps) {
  const id = useId();
  const { shown, choose } = useOptimistic(Math.round(reportedC ?? 45));
  return (
    <div className="field">
      <label htmlFor={id}>Temperature: {shown} °C</label>
      <input
        id={id}
        type="range"
        min={20}
        max={95}
        value={shown}
        disabled={isDisabled}
        onChange={(event) => {
          const temperatureC = Number(event.target.value);
          choose(temperatureC, () => onSet(temperatureC));
        }}
      />
    </div>
  );
}
