/** The reference pages say what the code says. `npm run docs` writes them anew. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configKeys as agentKeys } from '@homeroom/agent/config-keys';
import { configKeys as controllerKeys } from '@homeroom/controller/config-keys.ts';
import { describe, expect, it } from 'vitest';
import { apiRoutesPage } from './api-routes-page.ts';
import { commandPage } from './command-page.ts';
import { configurationPage } from './configuration-page.ts';
import { errorCodesPage } from './error-codes-page.ts';
import { metricsPage } from './metrics-page.ts';
import { mqttTopicsPage } from './mqtt-topics-page.ts';
import { routeRolesPage } from './route-roles-page.ts';
import { root } from './source-files.ts';

const page = (name: string) => join(root, 'docs', name);

describe('the reference pages', () => {
  it('tell every error code', async () => {
    await expect(errorCodesPage()).toMatchFileSnapshot(page('error-codes.md'));
  });

  it('tell every route', async () => {
    await expect(apiRoutesPage()).toMatchFileSnapshot(page('api-routes.md'));
  });

  it('tell who may use which route', async () => {
    await expect(routeRolesPage()).toMatchFileSnapshot(page('api-roles.md'));
  });

  it('tell every metric', async () => {
    await expect(await metricsPage()).toMatchFileSnapshot(page('metrics.md'));
  });

  it('tell every topic, payload and command', async () => {
    await expect(mqttTopicsPage()).toMatchFileSnapshot(page('mqtt-topics.md'));
  });

  it('tell every command of `homeroom`', async () => {
    await expect(commandPage()).toMatchFileSnapshot(page('command.md'));
  });

  it('tell every setting', async () => {
    const upUsage = readFileSync(join(root, 'controller/cli/up/usage.txt'), 'utf8');
    const agent = agentKeys.map(({ name, env, default: fallback, unit, description, allowed }) => ({
      name,
      environment: env,
      description,
      unit: unit ?? null,
      fallback: fallback ?? null,
      allowed,
    }));
    const controller = Object.entries(controllerKeys).map(([name, key]) => ({ ...key, name }));
    const text = configurationPage({ controller, agent, upUsage });
    await expect(text).toMatchFileSnapshot(page('configuration.md'));
  });
});
