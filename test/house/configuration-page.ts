import { code, generatedFrom, markdownTable } from './markdown.ts';

/** One setting, as the controller's and the agent's configuration describe theirs. */
export interface Setting {
  readonly environment: string;
  readonly description: string;
  readonly unit: string | null;
  readonly fallback: string | null;
  readonly example: string;
  readonly allowed: string;
}

/** @returns the text of `docs/configuration.md`. */
export function configurationPage(settings: {
  controller: Readonly<Record<string, Setting>>;
  agent: Readonly<Record<string, Setting>>;
  upUsage: string;
}): string {
  return `${generatedFrom('controller/config-keys.ts, agent/config-keys.ts and controller/cli/up/usage.txt')}

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

${settingsTable(settings.agent)}

## npm start, homeroom up

\`\`\`text
${settings.upUsage.trimEnd()}
\`\`\`
`;
}

function settingsTable(settings: Readonly<Record<string, Setting>>): string {
  const rows = Object.entries(settings).map(([name, setting]) => [
    `${code(setting.environment)}<br>${code(name)}`,
    setting.description,
    setting.allowed + (setting.unit ? ` (${setting.unit})` : ''),
    code(setting.fallback),
    code(setting.example),
  ]);
  return markdownTable(['variable, key', 'what', 'allowed', 'default', 'example'], rows);
}
