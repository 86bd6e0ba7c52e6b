import { HomeroomError } from '@homeroom/protocol';
import type { SettingsChecks } from '../desktops/template-editor.ts';
import { parseHostSettings } from '../providers/host/host-settings.ts';

/** What each provider that is set up says of a template's settings. */
export const settingsChecks: SettingsChecks = new Map([
  ['host', checkHostSettings],
  ['simulated', () => undefined],
]);

function checkHostSettings(settings: unknown): void {
  try {
    parseHostSettings(settings);
  } catch (caught) {
    if (!(caught instanceof HomeroomError)) throw caught;
    throw new HomeroomError('request_invalid', caught.detail, { cause: caught });
  }
}
