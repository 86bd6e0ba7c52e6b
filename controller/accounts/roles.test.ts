import { expect, it } from 'vitest';
import { isAllowed, type Permission, permissions, rolesWith } from './roles.ts';

const all = Object.keys(permissions) as Permission[];

it('lets an admin do everything', () => {
  expect(all.filter((permission) => !isAllowed('admin', permission))).toEqual([]);
});

it('lets a student see templates and nothing of others', () => {
  expect(all.filter((permission) => isAllowed('student', permission))).toEqual(['templates.read']);
});

it('keeps revoking, removing, hosts’ restarts, simulating, enrolling, people and the audit log from teachers', () => {
  expect(all.filter((permission) => !isAllowed('teacher', permission)).toSorted()).toEqual([
    'audit.read',
    'devices.remove',
    'devices.restart',
    'devices.revoke',
    'devices.simulate',
    'enrolment.decide',
    'rooms.change',
    'status.read',
    'users.change',
  ]);
});

it('tells whom to ask', () => {
  expect(rolesWith('devices.revoke')).toEqual(['admin']);
});
