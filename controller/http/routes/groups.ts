import {
  group,
  groupMembersRequest,
  groupRequest,
  listedUser,
  listOf,
  templateGroups,
  templateGroupsRequest,
} from '@homeroom/protocol';
import { actorOf } from '../caller.ts';
import { found, uuidOf } from '../found.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** Groups of people, and the templates that are theirs. */
export function groupRoutes({ groups, templates, templateGroups: ofTemplates }: Services): Route[] {
  return [
    route('GET /groups', {
      access: 'teacher',
      summary: 'Every group, with how many members it has and the templates that are for it.',
      answer: listOf(group),
      isPaginated: true,
      handle: async ({ page }) => ({ json: await groups.page(page) }),
    }),
    route('POST /groups', {
      access: 'admin',
      summary: 'Make a group.',
      body: groupRequest,
      answer: group,
      isCreating: true,
      errors: ['conflict'],
      handle: async ({ body, caller }) => ({
        status: 201,
        json: await groups.create(body.name, actorOf(caller)),
      }),
    }),
    route('GET /groups/:id', {
      access: 'teacher',
      summary: 'One group.',
      answer: group,
      handle: async ({ params }) => ({ json: found(await groups.get(uuidOf(params.id))) }),
    }),
    route('PATCH /groups/:id', {
      access: 'admin',
      summary: 'Rename a group.',
      body: groupRequest,
      answer: group,
      errors: ['conflict'],
      handle: async ({ params, body, caller }) => ({
        json: await groups.rename(uuidOf(params.id), body.name, actorOf(caller)),
      }),
    }),
    route('DELETE /groups/:id', {
      access: 'admin',
      summary:
        'Remove a group without lessons to come. Its members stay; a template that was for it alone is everybody’s.',
      errors: ['conflict'],
      handle: async ({ params, caller }) => {
        await groups.remove(uuidOf(params.id), actorOf(caller));
        return { status: 204 };
      },
    }),
    route('GET /groups/:id/members', {
      access: 'teacher',
      summary: 'Who belongs to a group.',
      answer: listOf(listedUser),
      isPaginated: true,
      handle: async ({ params, page }) => ({ json: await groups.members(uuidOf(params.id), page) }),
    }),
    route('POST /groups/:id/members', {
      access: 'admin',
      summary: 'Add people to a group; who belongs to it already stays.',
      body: groupMembersRequest,
      answer: group,
      errors: ['managed_elsewhere'],
      operationId: 'addGroupMembers',
      handle: async ({ params, body, caller }) => ({
        json: await groups.addMembers(uuidOf(params.id), body.users, actorOf(caller)),
      }),
    }),
    route('PUT /groups/:id/members', {
      access: 'admin',
      summary: 'Say who belongs to a group; nobody else does then.',
      body: groupMembersRequest,
      answer: group,
      errors: ['managed_elsewhere'],
      operationId: 'setGroupMembers',
      handle: async ({ params, body, caller }) => ({
        json: await groups.setMembers(uuidOf(params.id), body.users, actorOf(caller)),
      }),
    }),
    route('DELETE /groups/:id/members/:user', {
      access: 'admin',
      summary: 'Take a person out of a group.',
      errors: ['managed_elsewhere'],
      operationId: 'removeGroupMember',
      handle: async ({ params, caller }) => {
        await groups.removeMember(uuidOf(params.id), uuidOf(params.user), actorOf(caller));
        return { status: 204 };
      },
    }),
    route('GET /templates/:id/groups', {
      access: 'teacher',
      summary: 'The groups that a template is for; none is everybody.',
      answer: templateGroups,
      errors: ['template_unknown'],
      operationId: 'readTemplateGroups',
      handle: async ({ params }) => {
        const { id } = found(await templates.get(params.id ?? ''), 'template_unknown');
        return { json: { groups: await ofTemplates.of(id) } };
      },
    }),
    route('PUT /templates/:id/groups', {
      access: 'admin',
      summary: 'Say which groups a template is for; none is everybody. Teachers and admins may use any.',
      body: templateGroupsRequest,
      answer: templateGroups,
      errors: ['template_unknown'],
      operationId: 'setTemplateGroups',
      handle: async ({ params, body, caller }) => ({
        json: await ofTemplates.set(params.id ?? '', body.groups, actorOf(caller)),
      }),
    }),
  ];
}
