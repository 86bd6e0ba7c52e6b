import type { TemplateDetails } from '@homeroom/protocol';
import { TextField } from '../../shared/ui/text-field.tsx';
import { providerWords } from './template-words.ts';

/** Where its desktops come from. A change replaces unused ones one at a time; those in use stay. */
export function SourceFields({ template }: { template: TemplateDetails }) {
  const { provider, settings, kind, hostCapacity, storage, createTimeoutS, version } = template;
  const isHost = provider === 'host';
  return (
    <section className="card" aria-labelledby="source-title">
      <h2 id="source-title">Where it is made</h2>
      <p className="section-lead">
        {providerWords(provider)}. Version {version}: a change here replaces its unused desktops one at a
        time; those in use stay as they are.
      </p>
      <div className="field-row">
        {isHost && (
          <>
            <TextField
              label="Program"
              name="application"
              defaultValue={typeof settings.application === 'string' ? settings.application : ''}
              maxLength={200}
              hint="The one program that it shows, as “chromium”. Empty for a whole desktop."
            />
            <TextField
              label="Desktop environment"
              name="kind"
              defaultValue={kind ?? ''}
              pattern="[a-z0-9][a-z0-9\-]{0,30}"
              hint="As “xfce”, “kde” or “gnome”: only hosts that offer it are asked. Empty for any."
            />
            <TextField
              label="Sessions for each host"
              name="hostCapacity"
              type="number"
              min={1}
              max={10_000}
              defaultValue={hostCapacity ?? ''}
              hint="Empty for what its environment usually bears."
            />
          </>
        )}
        <TextField
          label="Time to make one, in seconds"
          name="createTimeoutS"
          type="number"
          min={1}
          max={86_400}
          required
          defaultValue={createTimeoutS}
          hint="After so long it has failed, and another is made."
        />
        <TextField
          label="Storage"
          name="storage"
          defaultValue={storage}
          maxLength={100}
          hint="Templates of one storage share its limit. Empty for none."
        />
      </div>
    </section>
  );
}
