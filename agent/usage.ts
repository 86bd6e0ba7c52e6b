import { configKeys } from './config/parse-config.ts';

/** @returns what `--help` prints. */
export function usage(): string {
  const keys = configKeys.map(({ env, description, default: value, unit }) => {
    const assumed = value ? ` [${value}${unit ? ` ${unit}` : ''}]` : '';
    return `  ${env}${assumed}\n      ${description}`;
  });
  return `Usage: homeroom-agent [--host] [--config <file>]

The process on a device: enrols it, reports what is plugged in, shows the controller's pages
and, with --host, runs desktops.

Options:
  --host            run desktops on this machine
  --config <file>   a JSON file with keys as below, in camel case; HOMEROOM_CONFIG does the same
  --help            print this
  --version         print the version

Environment:
${keys.join('\n')}
`;
}
