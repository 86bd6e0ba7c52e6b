import { expect, it } from 'vitest';
import { capacityOf } from './desktop-kinds.ts';

it.each([
  [['openbox'], 20],
  [['openbox', 'xfce'], 75],
  [['openbox', 'kde'], 50],
  [['openbox', 'gnome', 'xfce'], 75],
])('makes room on a machine with %j for %i desktops', (kinds, capacity) => {
  expect(capacityOf(kinds)).toBe(capacity);
});
