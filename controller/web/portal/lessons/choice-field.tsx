import { SelectField } from '../../shared/ui/select-field.tsx';

/** One record of a list, or none where `none` says what that means. */
export function ChoiceField({
  label,
  name,
  items,
  value,
  none,
}: {
  label: string;
  name: string;
  items: readonly { readonly id: string; readonly name: string }[];
  value: string | null | undefined;
  none?: string;
}) {
  // Until the list is there the choice is not: a select with another key takes its value anew.
  return (
    <SelectField key={items.length} label={label} name={name} defaultValue={value ?? ''}>
      {none !== undefined && <option value="">{none}</option>}
      {items.map((item) => (
        <option key={item.id} value={item.id}>
          {item.name}
        </option>
      ))}
    </SelectField>
  );
}
