import { code, generatedFrom, markdownTable } from './markdown.ts';

/** One setting, as the controller's and the agent's configuration describe theirs. */
export interface Setting {
  readonly name: string;
  readonly environment: string;
  readonly description: string;
  readonly unit: string | null;
  readonly fallback: string | null;
  readonly example?: string;
  readonly allowed: string;
}

/** @returns the text of `docs/configuration.md`. */
export function configurationPage(settings: {
  controller: readonly Setting[];
  agent: readonly Setting[];
  upUsage: string;
}): string {
  return `${generatedFrom('controller/config-keys.ts, agent/config/config-schema.ts and controller/cli/up/usage.txt')}

# Configuration

Nothing has to be configured to try Homeroom. All settings are checked at start, and all faults are told at once.

## Controller

Each setting is a variable of the environment, or a key in a JSON file: \`config.json\` in the data folder, or the file that \`HOMEROOM_CONFIG\`
names. The environment wins over the file. An unknown key in the file is a fault.

\`\`\`json
{ "port": 8443, "publicUrl": "https://desks.example.org" }
\`\`\`

${settingsTable(settings.controller)}

## Agent

Each setting is a variable of the environment, or a key in the JSON file that \`--config\` or \`HOMEROOM_CONFIG\` names. The environment wins.

${settingsTable(settings.agent)}

## npm start, homeroom up

\`\`\`text
${settings.upUsage.trimEnd()}
\`\`\`
`;
}

function settingsTable(settings: readonly Setting[]): string {
  const rows = settings.map((setting) => [
    `${code(setting.environment)}<br>${code(setting.name)}`,
    setting.description,
    setting.example && setting.fallback === null
      ? `${setting.allowed}; such as ${code(setting.example)}`
      : setting.allowed,
    code(setting.fallback) + (setting.fallback && setting.unit ? ` ${setting.unit}` : ''),
  ]);
  return markdownTable(['variable, key', 'what', 'allowed', 'default'], rows);
}
