import type { VNode } from 'vue';

interface TextFieldOptions {
  readonly label: string;
  readonly value: { value: string };
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly type?: 'text' | 'url' | 'number';
}

/** A line of text under its label. */
export function textField({
  label,
  value,
  maxLength = 500,
  placeholder,
  type = 'text',
}: TextFieldOptions): VNode {
  return (
    <label class="field">
      <span class="label">{label}</span>
      <input
        class="input"
        type={type}
        value={value.value}
        maxlength={maxLength}
        placeholder={placeholder ?? ''}
        onInput={(event: Event) => {
          value.value = (event.target as HTMLInputElement).value;
        }}
      />
    </label>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** A choice under its label. */
export function selectField(label: string, value: { value: string }, options: readonly Option[]): VNode {
  return (
    <label class="field">
      <span class="label">{label}</span>
      <select
        class="input"
        value={value.value}
        onChange={(event: Event) => {
          value.value = (event.target as HTMLSelectElement).value;
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A choice of a few, all of them seen. */
export function choices(label: string, value: { value: string }, options: readonly Option[]): VNode {
  return (
    <div class="hr-choices" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} class="hr-choice">
          <input
            type="radio"
            checked={value.value === option.value}
            onChange={() => {
              value.value = option.value;
            }}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}

/** Yes or no. */
export function checkField(label: string, value: { value: boolean }): VNode {
  return (
    <label class="hr-check">
      <input
        type="checkbox"
        checked={value.value}
        onChange={(event: Event) => {
          value.value = (event.target as HTMLInputElement).checked;
        }}
      />
      {label}
    </label>
  );
}
