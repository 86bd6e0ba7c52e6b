import { expect, test } from 'vitest';
import { auditFilter, auditPath } from './audit-query.ts';

test('a filter that says nothing asks for everything', () => {
  expect(auditPath('audit', auditFilter(new FormData()))).toBe('audit');
});

test('what was typed becomes the query, times in UTC', () => {
  const fields = new FormData();
  fields.set('actor', ' ada ');
  fields.set('action', 'room');
  fields.set('since', '2026-09-01T08:00');
  const path = auditPath('audit/export', auditFilter(fields), { format: 'csv' });
  const query = new URLSearchParams(path.split('?')[1]);
  expect(path.split('?')[0]).toBe('audit/export');
  expect(Object.fromEntries(query)).toEqual({
    actor: 'ada',
    action: 'room',
    since: new Date('2026-09-01T08:00').toISOString(),
    format: 'csv',
  });
});

test('a time that is none limits nothing', () => {
  expect(auditPath('audit', { since: 'yesterday' })).toBe('audit');
});
