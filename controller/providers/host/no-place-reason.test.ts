import { expect, it } from 'vitest';
import { noPlaceReason } from './no-place-reason.ts';

const well = {
  name: 'Attic',
  consent: 'allowed',
  kinds: ['openbox'],
  healthy: true,
  draining: false,
  fault: null,
} as const;

it('asks for a host where there is none', () => {
  expect(noPlaceReason([])).toBe('There is no host: start a host agent.');
});

it('says that hosts are full while one of them is well', () => {
  expect(noPlaceReason([{ ...well, healthy: false }, well])).toContain('full');
});

it('asks for the kind of desktop that no host has, and speaks of those that have it', () => {
  expect(noPlaceReason([well], 'xfce')).toBe(
    'No host offers xfce: install it on one, then restart its agent.',
  );
  const hosts = [well, { ...well, name: 'Barn', kinds: ['openbox', 'xfce'], draining: true }];
  expect(noPlaceReason(hosts, 'xfce')).toBe('No healthy host has a free place: Barn is being emptied');
});

it('says of each host what keeps it from giving a place', () => {
  const hosts = [
    { ...well, healthy: false, fault: 'Xvnc is missing' },
    { ...well, name: 'Cellar', healthy: false },
    { ...well, name: 'Shed', draining: true },
    { ...well, name: 'Barn', consent: null },
    { ...well, name: 'Loft', consent: 'refused' as const },
  ];
  expect(noPlaceReason(hosts)).toBe(
    'No healthy host has a free place: Attic says “Xvnc is missing”; Cellar is away; Shed is being emptied; ' +
      'Barn waits until an admin allows it to run desktops; Loft is not allowed to run desktops',
  );
});

it('stays short', () => {
  expect(noPlaceReason(Array(200).fill({ ...well, healthy: false }))).toHaveLength(500);
});
