import type { Device } from '@homeroom/protocol';
import type { Fact } from './tone.ts';

/** @returns what the machine is: the lines of a label on its case. */
export function deviceFacts({ id, name, info }: Pick<Device, 'id' | 'name' | 'info'>): Fact[] {
  const fact = (label: string, words: string): Fact => ({ label, words, tone: 'idle' });
  const identity = [fact('Name', name), fact('Id', id)];
  if (!info) return identity;
  return [
    ...identity,
    fact('Model', info.model),
    fact('System', info.os),
    fact('Agent', info.agentVersion),
    fact('Addresses', info.addresses.join(', ') || 'none'),
    fact('Can', info.capabilities.join(', ') || 'nothing'),
  ];
}
