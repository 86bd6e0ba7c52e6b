import {
  createTemplateRequest,
  hostResource,
  listOf,
  patchHostRequest,
  patchPoolRequest,
  patchTemplateRequest,
  pool,
  providerLimit,
  providerNames,
  setProviderLimitRequest,
  templateDetails,
} from '@homeroom/protocol';
import * as v from 'valibot';
import { actorOf } from '../caller.ts';
import { found } from '../found.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

const limits = v.object({ items: v.array(providerLimit) });

/** Templates and pools for those who change them, and where desktops are made. */
export function poolRoutes(services: Services): Route[] {
  return [...templateRoutes(services), ...limitRoutes(services), ...hostRoutes(services)];
}

function templateRoutes({ templateEditor, poolEditor }: Services): Route[] {
  return [
    route('GET /templates/:id/details', {
      access: 'admin',
      summary: 'Everything of a template, withdrawn ones too.',
      answer: templateDetails,
      errors: ['template_unknown'],
      operationId: 'readTemplateDetails',
      handle: async ({ params }) => ({
        json: found(await templateEditor.get(params.id ?? ''), 'template_unknown'),
      }),
    }),
    route('POST /templates', {
      access: 'admin',
      summary: 'Make a template, with a pool that is empty until it is given a size.',
      body: createTemplateRequest,
      answer: templateDetails,
      isCreating: true,
      errors: ['conflict'],
      handle: async ({ body, caller }) => ({
        status: 201,
        json: await templateEditor.create(body, actorOf(caller)),
      }),
    }),
    route('PATCH /templates/:id', {
      access: 'admin',
      summary:
        'Change a template: its unused desktops are replaced one at a time, those in use stay. `withdrawn` takes it off the list.',
      body: patchTemplateRequest,
      answer: templateDetails,
      errors: ['template_unknown'],
      handle: async ({ params, body, caller }) => ({
        json: await templateEditor.change(params.id ?? '', body, actorOf(caller)),
      }),
    }),
    route('DELETE /templates/:id', {
      access: 'admin',
      summary: 'Withdraw a template: it is offered no more, its sessions go on.',
      answer: templateDetails,
      errors: ['template_unknown'],
      handle: async ({ params, caller }) => ({
        json: await templateEditor.change(params.id ?? '', { withdrawn: true }, actorOf(caller)),
      }),
    }),
    route('PATCH /pools/:id', {
      access: 'admin',
      summary: 'Say how many desktops of a template shall stand ready and stopped, and how many may live.',
      body: patchPoolRequest,
      answer: pool,
      handle: async ({ params, body, caller }) => ({
        json: await poolEditor.change(params.id ?? '', body, actorOf(caller)),
      }),
    }),
  ];
}

function limitRoutes({ providerLimits }: Services): Route[] {
  return [
    route('GET /provider-limits', {
      access: 'teacher',
      summary: 'How many desktops each provider, and each storage, may have on their way at once.',
      answer: limits,
      handle: async () => ({ json: { items: await providerLimits.list() } }),
    }),
    route('PUT /provider-limits/:id', {
      access: 'admin',
      summary: 'Limit a provider, or one of its storages; null returns to the default.',
      body: setProviderLimitRequest,
      answer: limits,
      handle: async ({ params, body, caller }) => {
        const provider = found(providerNames.find((name) => name === params.id));
        return { json: { items: await providerLimits.set(provider, body, actorOf(caller)) } };
      },
    }),
  ];
}

function hostRoutes({ hosts }: Services): Route[] {
  return [
    route('GET /hosts', {
      access: 'teacher',
      summary: 'The machines that run desktops: what they offer, how full they are, what is wrong with them.',
      answer: listOf(hostResource),
      isPaginated: true,
      handle: async ({ page }) => ({ json: await hosts.page(page) }),
    }),
    route('GET /hosts/:id', {
      access: 'teacher',
      summary: 'One host, by the id of its device.',
      answer: hostResource,
      handle: async ({ params }) => ({ json: found(await hosts.get(params.id ?? '')) }),
    }),
    route('PATCH /hosts/:id', {
      access: 'admin',
      summary: 'Empty a host: it takes no more desktops, those in use go on. Or use it again.',
      body: patchHostRequest,
      answer: hostResource,
      handle: async ({ params, body, caller }) => ({
        json: await hosts.drain(params.id ?? '', body.draining, actorOf(caller)),
      }),
    }),
  ];
}
