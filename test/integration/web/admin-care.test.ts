import { expect, test } from 'vitest';
import { until } from './support/until.ts';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest();

test('a host is emptied after a question that tells what goes on, and is used again without one', async () => {
  const page = await web.openAs('admin', '/settings');
  const { hosts } = web.api.classroom.admin;
  await page.getByRole('button', { name: 'Empty Host 1' }).click();
  await page.getByText('The 3 on it go on until their sessions end').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  expect(hosts[0]?.draining).toBe(false);
  await page.getByRole('button', { name: 'Empty Host 1' }).click();
  await page.getByRole('button', { name: 'Empty it' }).click();
  await page.getByRole('row', { name: /Host 1.*is emptied/ }).waitFor();
  await page.getByRole('button', { name: 'Use again Host 1' }).click();
  await until('the host is used again', () => hosts[0]?.draining === false);
});

test('a role that no process carries is told with what does not happen', async () => {
  web.api.classroom.admin.status.missingRoles = ['pool-manager'];
  const page = await web.openAs('admin', '/settings');
  await page.getByText('No process carries the role pool-manager (pools are not filled).').waitFor();
});

test('findings teach what they are while there are none, and are told with their mending', async () => {
  const { admin } = web.api.classroom;
  const page = await web.openAs('admin', '/findings');
  await page.getByRole('heading', { name: 'Everything is in its place' }).waitFor();
  const seen = { times: 3, firstSeenAt: '2026-01-01T08:00:00.000Z', lastSeenAt: '2026-01-01T09:00:00.000Z' };
  const finding = { id: 'f1', kind: 'foreign', provider: 'simulated', subject: 'vm-7', mendedAt: null };
  Object.assign(finding, seen, { reason: 'No record knows it.', mend: 'Nothing is done.' });
  admin.findings.push(finding);
  web.api.classroom.announce({ kind: 'finding', id: 'f1' });
  await page.getByRole('row', { name: /Foreign simulated.*No record knows it.*3 times.*open/ }).waitFor();
  await page.getByLabel('Kind').selectOption({ label: 'Missing' });
  await page.getByText('None is missing: on record, but its provider does not have it.').waitFor();
});
