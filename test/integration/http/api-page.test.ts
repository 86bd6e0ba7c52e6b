import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changeKinds } from '@homeroom/protocol';
import { expect, it } from 'vitest';

const page = readFileSync(join(import.meta.dirname, '../../../docs/api.md'), 'utf8');

it('names every kind of change', () => {
  for (const kind of changeKinds) expect(page).toContain(`\`${kind}\``);
});
