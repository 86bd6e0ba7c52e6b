import type { Group, ProviderName, TemplateDetails } from '@homeroom/protocol';
import { spanWords } from '../../shared/words/time-words.ts';

const providers: Record<ProviderName, string> = {
  host: 'Hosts: many people on one machine',
  kubernetes: 'Kubernetes: a container each',
  proxmox: 'Proxmox: a virtual machine each',
  simulated: 'Simulated: nothing real, for trying out',
};

/** @returns where desktops are made, as somebody chooses it. */
export function providerWords(provider: ProviderName): string {
  return providers[provider];
}

/** Those that this version makes desktops with. */
export const offeredProviders = ['host', 'simulated'] as const satisfies readonly ProviderName[];

/** What a template lets through, in the order that people ask for it. */
export const policyChoices = [
  { name: 'clipboardIn', label: 'Copy text into the desktop' },
  { name: 'clipboardOut', label: 'Copy text out of the desktop' },
  { name: 'fileTransfer', label: 'Transfer files' },
  { name: 'audio', label: 'Sound' },
  { name: 'printing', label: 'Print' },
] as const;

/** @returns when a session of it ends by itself, in a sentence. */
export function endsWords(template: Pick<TemplateDetails, 'idleTimeoutS' | 'limitS' | 'mayKeep'>): string {
  const { idleTimeoutS, limitS, mayKeep } = template;
  const keep = mayKeep ? ', unless its user keeps it' : '';
  const ends = [
    idleTimeoutS !== null && `after ${spanWords(idleTimeoutS)} without use${keep}`,
    limitS !== null && `after ${spanWords(limitS)} in any case`,
  ].filter((each) => each !== false);
  return ends.length === 0 ? 'A session never ends by itself.' : `A session ends ${ends.join(', and ')}.`;
}

/** @returns whom a template is for: the names of its groups, or everybody. */
export function whoseWords(template: string, groups: readonly Pick<Group, 'name' | 'templates'>[]): string {
  const names = groups.filter(({ templates }) => templates.includes(template)).map(({ name }) => name);
  return names.length === 0 ? 'everybody' : names.join(', ');
}

/** @returns an id that a name suggests: small letters, digits and -. */
export function idOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
}
