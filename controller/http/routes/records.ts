import { desktop, listOf, pool, template } from '@homeroom/protocol';
import { hasRole } from '../access.ts';
import type { Caller } from '../caller.ts';
import { found, uuidOf } from '../found.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** Records that are only read here. */
export function recordRoutes({ templates, pools, desktops }: Services): Route[] {
  return [
    route('GET /templates', {
      access: 'student',
      summary:
        'What desktops can be made from, and how many of each stand ready; for students those that are for them.',
      answer: listOf(template),
      isPaginated: true,
      handle: async ({ page, caller }) => ({ json: await templates.page(page, limitedTo(caller)) }),
    }),
    route('GET /templates/:id', {
      access: 'student',
      summary: 'One template.',
      answer: template,
      errors: ['template_unknown'],
      handle: async ({ params, caller }) => ({
        json: found(await templates.get(params.id ?? '', limitedTo(caller)), 'template_unknown'),
      }),
    }),
    route('GET /pools', {
      access: 'teacher',
      summary: 'How many desktops of each template are made, ready, claimed and failed.',
      answer: listOf(pool),
      isPaginated: true,
      handle: async ({ page }) => ({ json: await pools.page(page) }),
    }),
    route('GET /pools/:id', {
      access: 'teacher',
      summary: 'The pool of one template.',
      answer: pool,
      handle: async ({ params }) => ({
        json: found(await pools.get(params.id ?? '')),
      }),
    }),
    route('GET /desktops', {
      access: 'teacher',
      summary: 'Every desktop that is not gone.',
      answer: listOf(desktop),
      isPaginated: true,
      handle: async ({ page }) => ({ json: await desktops.page(page) }),
    }),
    route('GET /desktops/:id', {
      access: 'teacher',
      summary: 'One desktop, gone ones too.',
      answer: desktop,
      handle: async ({ params }) => ({ json: found(await desktops.get(uuidOf(params.id))) }),
    }),
  ];
}

/** Teachers and admins see what is for others, too: they set it up, and try it. */
function limitedTo(caller: Caller): string | null {
  return hasRole(caller, 'teacher') ? null : (caller.person?.user.id ?? null);
}
