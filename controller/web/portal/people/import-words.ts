import type { UserImport } from '@homeroom/protocol';

/** @returns what an import did, or would do, as a sentence */
export function importWords({ dryRun, created, updated, unchanged, newGroups }: UserImport): string {
  const parts = [
    created > 0 && `${people(created)} ${dryRun ? 'would come in' : 'came in'}`,
    updated > 0 && `${people(updated)} ${dryRun ? 'would be changed' : 'changed'}`,
    unchanged > 0 && `${people(unchanged)} ${unchanged === 1 ? 'is' : 'are'} as the file says already`,
    newGroups.length > 0 && `new groups: ${newGroups.join(', ')}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'There is nothing to do.' : `${parts.join('; ')}.`;
}

function people(count: number): string {
  return count === 1 ? '1 person' : `${count} people`;
}
