import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LiveEvents } from '@homeroom/controller/http/events/live-events.ts';
import { routeTable } from '@homeroom/controller/http/route-table.ts';
import { changeKinds } from '@homeroom/protocol';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { fakeServices } from './support/fake-services.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/api.md'), 'utf8');

it('has a row for each route, and none for a route that is not there', () => {
  const services = fakeServices();
  const changes = { announce: () => undefined, subscribe: () => () => undefined };
  const { sessions, devices } = services;
  const events = new LiveEvents({ changes, sessions, devices, logger: pino({ level: 'silent' }) });
  const expected = routeTable(services, events).map(
    ({ method, path, access, summary }) =>
      `| \`${method} ${path.replace(':id', '<id>')}\` | ${access} | ${summary} |`,
  );
  const rows = page.split('\n').filter((line) => /^\| `(?:GET|POST|PUT|PATCH|DELETE) /.test(line));
  expect(rows).toEqual(expected);
});

it('names every kind of change', () => {
  for (const kind of changeKinds) expect(page).toContain(`\`${kind}\``);
});
