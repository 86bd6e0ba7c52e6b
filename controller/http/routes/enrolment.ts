import {
  createJoinTokenRequest,
  decideEnrolmentRequest,
  enrolment,
  enrolmentPolicy,
  joinToken,
  listOf,
  setEnrolmentPolicyRequest,
} from '@homeroom/protocol';
import { actorOf } from '../caller.ts';
import { uuidOf } from '../found.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** How new devices come in. */
export function enrolmentRoutes({ enrolments, joinTokens }: Services): Route[] {
  return [
    route('GET /enrolment', {
      access: 'admin',
      summary: 'The policy for devices without a join token.',
      answer: enrolmentPolicy,
      handle: async () => ({ json: await enrolments.policy() }),
    }),
    route('PUT /enrolment', {
      access: 'admin',
      summary: 'Set the policy: `token`, `approve`, or `open` for some minutes.',
      body: setEnrolmentPolicyRequest,
      answer: enrolmentPolicy,
      handle: async ({ body, caller }) => ({
        json: await enrolments.setPolicy(body.policy, body.minutes, actorOf(caller)),
      }),
    }),
    route('GET /enrolments', {
      access: 'admin',
      summary: 'Devices that wait for an admin to compare their code.',
      answer: listOf(enrolment),
      isPaginated: true,
      handle: async ({ page }) => ({ json: await enrolments.waiting(page) }),
    }),
    route('POST /enrolments/:id', {
      access: 'admin',
      summary: 'Accept or decline a waiting device.',
      body: decideEnrolmentRequest,
      errors: ['seat_unknown', 'conflict', 'broker_unavailable'],
      operationId: 'decideEnrolment',
      handle: async ({ params, body, caller }) => {
        await enrolments.decide(uuidOf(params.id), body, actorOf(caller));
        return { status: 204 };
      },
    }),
    route('GET /join-tokens', {
      access: 'admin',
      summary: 'Join tokens, without their secrets.',
      answer: listOf(joinToken),
      isPaginated: true,
      handle: async ({ page }) => ({ json: await joinTokens.page(page) }),
    }),
    route('POST /join-tokens', {
      access: 'admin',
      summary: 'Make a join token; the answer alone holds the whole of it.',
      body: createJoinTokenRequest,
      answer: joinToken,
      isCreating: true,
      errors: ['broker_unavailable'],
      handle: async ({ body, caller }) => ({
        status: 201,
        json: await joinTokens.create(body, actorOf(caller)),
      }),
    }),
    route('DELETE /join-tokens/:id', {
      access: 'admin',
      summary: 'Withdraw a join token; devices that came by it stay.',
      errors: ['broker_unavailable'],
      handle: async ({ params, caller }) => {
        await joinTokens.withdraw(params.id ?? '', actorOf(caller));
        return { status: 204 };
      },
    }),
  ];
}
