import { createQuotaRequest, listOf, patchQuotaRequest, quota, usage } from '@homeroom/protocol';
import { actorOf } from '../caller.ts';
import { found, uuidOf } from '../found.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** Limits, and what a person used of them. */
export function quotaRoutes({ quotas, usage: usages }: Services): Route[] {
  return [
    route('GET /quotas', {
      access: 'teacher',
      summary: 'Every limit, with what counts against it now.',
      answer: listOf(quota),
      isPaginated: true,
      handle: async ({ page }) => ({ json: await quotas.page(page) }),
    }),
    route('GET /quotas/:id', {
      access: 'teacher',
      summary: 'One limit.',
      answer: quota,
      handle: async ({ params }) => ({ json: found(await quotas.get(uuidOf(params.id))) }),
    }),
    route('POST /quotas', {
      access: 'admin',
      summary: 'Limit a person, a group or a template; it holds for what is claimed from then on.',
      body: createQuotaRequest,
      answer: quota,
      isCreating: true,
      errors: ['conflict', 'template_unknown'],
      handle: async ({ body, caller }) => ({ status: 201, json: await quotas.create(body, actorOf(caller)) }),
    }),
    route('PATCH /quotas/:id', {
      access: 'admin',
      summary: 'Change a limit; whom it is for stays.',
      body: patchQuotaRequest,
      answer: quota,
      handle: async ({ params, body, caller }) => ({
        json: await quotas.change(uuidOf(params.id), body, actorOf(caller)),
      }),
    }),
    route('DELETE /quotas/:id', {
      access: 'admin',
      summary: 'Remove a limit.',
      handle: async ({ params, caller }) => {
        await quotas.remove(uuidOf(params.id), actorOf(caller));
        return { status: 204 };
      },
    }),
    route('GET /me/usage', {
      access: 'student',
      summary: 'How many hours I used this week, my limits, and where my files are.',
      answer: usage,
      operationId: 'readUsage',
      handle: async ({ caller }) => ({ json: found(await usages.of(caller.person?.user.id ?? '')) }),
    }),
  ];
}
