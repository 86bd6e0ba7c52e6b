import { type InputHTMLAttributes, useId } from 'react';

export interface CheckFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  readonly label: string;
  readonly hint?: string | undefined;
}

/** A box to tick, with its label beside it; the hint is read out with it. */
export function CheckField({ label, hint, ...input }: CheckFieldProps) {
  const id = useId();
  return (
    <div className="check-field">
      <input id={id} type="checkbox" aria-describedby={hint && `${id}-hint`} {...input} />
      <label htmlFor={id}>{label}</label>
      {hint && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}
