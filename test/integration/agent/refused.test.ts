import { join } from 'node:path';
import { loadOrCreateCertificates } from '@homeroom/controller/fleet/certificates.ts';
import { createJoinSecret, formatJoinToken, parseJoinToken } from '@homeroom/protocol/join-token';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Stage } from './support/stage.ts';
import { waitFor } from './support/wait-for.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open('seat-1');
});
afterEach(() => stage.end());

/** Start an agent that will not get in, and wait for what its screen says. */
async function screenOf(bent: Parameters<Stage['agent']>[1]) {
  const { kiosk } = await stage.agent('seat-1', bent);
  return waitFor('a page that tells why', () => kiosk.local.find(({ kind }) => kind === 'refused'));
}

it('says that its join token is wrong', async () => {
  const { caSha256 } = stage.certificates;
  const joinToken = { caSha256, secret: createJoinSecret() };
  expect((await screenOf({ joinToken })).text).toContain('join_token_wrong');
});

it('says nothing to a controller whose CA is not the one of its token', async () => {
  const other = await loadOrCreateCertificates(join(stage.dir, 'other'), { names: ['127.0.0.1'] });
  const secret = parseJoinToken(stage.joinToken)?.secret ?? '';
  const joinToken = parseJoinToken(formatJoinToken({ caSha256: other.caSha256, secret }));
  expect((await screenOf({ joinToken })).text).toContain('controller_not_trusted');
  expect(stage.controller.heard).toEqual([]);
});

it.each(['enrolment_closed', 'enrolment_denied', 'device_identity_in_use'])(
  'tells %s as the controller does',
  async (code) => {
    stage.controller.onEnrol = () => [{ status: 'refused', error: { code, message: 'because' } }];
    const { text } = await screenOf({});
    expect(text).toContain(code);
    expect(text).toContain('because');
  },
);

it('asks again by itself when nobody answers', async () => {
  stage.controller.onEnrol = () => [];
  const errors: string[] = [];
  const { agent, kiosk } = await stage.agent('seat-1', {
    network: { ...stage.network, limits: { answerMs: 50, decisionMs: 50 } },
    onLink: ({ text }) => errors.push(text),
  });
  await waitFor('a second request', () => stage.controller.heard.length >= 2);
  expect(errors.join()).toContain('enrolment_timeout');
  expect(kiosk.local.at(-1)?.kind).toBe('enrolling');
  await agent.stop();
});
