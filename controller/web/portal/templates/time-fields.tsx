import type { TemplateDetails } from '@homeroom/protocol';
import { CheckField } from '../../shared/ui/check-field.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { minuteS } from './template-patch.ts';

/** When sessions end by themselves. */
export function TimeFields({ template }: { template: TemplateDetails }) {
  const minutes = (seconds: number | null): string => (seconds === null ? '' : String(seconds / minuteS));
  return (
    <section className="card" aria-labelledby="times-title">
      <h2 id="times-title">When sessions end</h2>
      <p className="section-lead">Whoever works is warned twice before. In minutes; empty for never.</p>
      <div className="field-row">
        <TextField
          label="Without use, after"
          name="idleMinutes"
          type="number"
          min={1}
          step="any"
          defaultValue={minutes(template.idleTimeoutS)}
          hint="No key and no mouse for so long."
        />
        <TextField
          label="In any case, after"
          name="limitMinutes"
          type="number"
          min={1}
          step="any"
          defaultValue={minutes(template.limitS)}
          hint="Counted from when the desktop was taken."
        />
        <TextField
          label="Kept without a screen, for"
          name="detachMinutes"
          type="number"
          min={0}
          step="any"
          required
          defaultValue={minutes(template.detachGraceS)}
          hint="When a seat loses power, its desktop waits so long for its user."
        />
      </div>
      <CheckField
        label="Users may keep an unused desktop"
        name="mayKeep"
        defaultChecked={template.mayKeep}
        hint="A button puts an end off that comes because nobody uses it."
      />
    </section>
  );
}
