import type { PatchPoolRequest, Pool } from '@homeroom/protocol';
import { request } from '../../shared/api/request.ts';
import { numberOf, secondsOf } from '../../shared/form-values.ts';
import { FormDialog } from '../../shared/ui/form-dialog.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';

const hourS = 3600;

export interface PoolDialogProps {
  readonly pool: Pool;
  readonly name: string;
  readonly onClose: () => void;
}

/** What is seldom changed of a pool: when unused desktops are replaced, and how carefully. */
export function PoolDialog({ pool, name, onClose }: PoolDialogProps) {
  const save = async (fields: FormData): Promise<void> => {
    const body: PatchPoolRequest = {
      maxAgeS: secondsOf(fields, 'maxAge', hourS),
      rollFloor: numberOf(fields, 'rollFloor'),
    };
    await request('PATCH', `pools/${pool.template}`, { body });
  };
  return (
    <FormDialog
      title={`Replacing in the pool of ${name}`}
      submitLabel="Save"
      onSubmit={save}
      onClose={onClose}
    >
      <TextField
        label="Replace unused desktops after, in hours"
        name="maxAge"
        type="number"
        min={1}
        max={8784}
        step={1}
        defaultValue={pool.maxAgeS === null ? '' : String(Math.round(pool.maxAgeS / hourS))}
        hint="Empty for never. Desktops in use are left alone, whatever their age."
        data-autofocus
      />
      <TextField
        label="Keep ready while replacing"
        name="rollFloor"
        type="number"
        min={0}
        max={100_000}
        step={1}
        defaultValue={pool.rollFloor ?? ''}
        hint="After a change of the template, unused desktops are replaced one at a time; so many stay ready meanwhile. Empty for one less than the warm minimum."
      />
    </FormDialog>
  );
}
