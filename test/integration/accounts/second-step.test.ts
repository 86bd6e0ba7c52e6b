import { Accounts } from '@homeroom/controller/accounts/accounts.ts';
import { createSealKey, Sealer } from '@homeroom/controller/accounts/second-step/sealer.ts';
import { SecondStepCodes } from '@homeroom/controller/accounts/second-step/second-step-codes.ts';
import { SecondStepRequired } from '@homeroom/controller/accounts/second-step/second-step-required.ts';
import { SecondStepRules } from '@homeroom/controller/accounts/second-step/second-step-rules.ts';
import { SecondSteps } from '@homeroom/controller/accounts/second-step/second-steps.ts';
import { codeOf, stepAt } from '@homeroom/controller/accounts/second-step/totp.ts';
import { Users } from '@homeroom/controller/accounts/users.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import type { Role } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noChanges, startTestServer, type TestServer } from '../../support/postgres.ts';
import { audited } from './support.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const nowhere = { address: '192.0.2.1', deviceId: null };

async function setUp({ db }: Awaited<ReturnType<TestServer['createDatabase']>>) {
  const clock = { nowMs: Date.parse('2026-01-01T08:00:00Z') };
  const time = { clock: () => clock.nowMs, now: () => clock.nowMs };
  const codes = new SecondStepCodes({ db, changes: noChanges, sealer: new Sealer(createSealKey()), ...time });
  const secondSteps = new SecondSteps({ db, codes });
  const accounts = new Accounts({ db, changes: noChanges, secondSteps });
  await accounts.ensureFirstAccounts('right');
  const owner = async (username: Role) => {
    const [row] = await db.query<{ id: string }>('select id from users where username = $1', [username]);
    return { id: row?.id ?? '', username };
  };
  const signIn = (username: Role) => accounts.signIn({ username, password: 'right', ...nowhere });
  const ticketOf = async (username: Role) => {
    const caught = await signIn(username).catch((error: unknown) => error);
    if (!(caught instanceof SecondStepRequired)) throw new Error(`no second step: ${String(caught)}`);
    return caught.secondStep;
  };
  /** Set up, and go on by a step so that its code is not the one that was used. */
  const set = async (username: Role) => {
    const person = await owner(username);
    const { secret } = await codes.begin(person);
    const recovery = await codes.confirm(person, codeOf(secret, stepAt(clock.nowMs)), systemActor);
    clock.nowMs += 60_000;
    return { secret, recovery, person };
  };
  const codeNow = (secret: string) => codeOf(secret, stepAt(clock.nowMs));
  return {
    db,
    clock,
    codes,
    accounts,
    signIn,
    ticketOf,
    set,
    codeNow,
    owner,
    rules: new SecondStepRules({ db }),
  };
}

it('asks nobody who has none, and whoever has one after the password alone', async () => {
  await using database = await server.createDatabase();
  const { signIn, ticketOf, set, codeNow, accounts } = await setUp(database);
  await signIn('teacher');
  const { secret } = await set('teacher');
  const { ticket, kind } = await ticketOf('teacher');
  expect(kind).toBe('code');
  expect(await accounts.authenticate(ticket)).toBeUndefined();
  const { cookie } = await accounts.passSecondStep({ ticket, code: codeNow(secret) }, nowhere);
  expect((await accounts.authenticate(cookie))?.user.username).toBe('teacher');
  await expect(accounts.signIn({ username: 'teacher', password: 'wrong', ...nowhere })).rejects.toMatchObject(
    { code: 'sign_in_failed' },
  );
});

it('takes a code once, also from two who bring it at the same time', async () => {
  await using database = await server.createDatabase();
  const { ticketOf, set, codeNow, accounts, clock } = await setUp(database);
  const { secret } = await set('teacher');
  const tickets = [await ticketOf('teacher'), await ticketOf('teacher')];
  const code = codeNow(secret);
  const outcomes = await Promise.allSettled(
    tickets.map(({ ticket }) => accounts.passSecondStep({ ticket, code }, nowhere)),
  );
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const { ticket } = await ticketOf('teacher');
  await expect(accounts.passSecondStep({ ticket, code }, nowhere)).rejects.toMatchObject({
    code: 'second_step_wrong',
  });
  clock.nowMs += 30_000;
  await accounts.passSecondStep({ ticket, code: codeNow(secret) }, nowhere);
});

it('ends a ticket with its success, after five codes, after five minutes, and anywhere else', async () => {
  await using database = await server.createDatabase();
  const { db, ticketOf, set, codeNow, accounts, clock } = await setUp(database);
  const { secret } = await set('teacher');
  const over = { code: 'second_step_over' };
  const first = await ticketOf('teacher');
  await accounts.passSecondStep({ ticket: first.ticket, code: codeNow(secret) }, nowhere);
  clock.nowMs += 60_000;
  const again = accounts.passSecondStep({ ticket: first.ticket, code: codeNow(secret) }, nowhere);
  await expect(again).rejects.toMatchObject(over);
  const second = await ticketOf('teacher');
  for (const _ of Array(5)) {
    const wrong = accounts.passSecondStep({ ticket: second.ticket, code: '000000' }, nowhere);
    await expect(wrong).rejects.toMatchObject({ code: 'second_step_wrong' });
  }
  const late = accounts.passSecondStep({ ticket: second.ticket, code: codeNow(secret) }, nowhere);
  await expect(late).rejects.toMatchObject(over);
  const third = await ticketOf('teacher');
  await db.query(`insert into devices (id, name) values ('pi-1', 'Pi 1')`);
  const atKiosk = { ...nowhere, deviceId: 'pi-1' };
  const elsewhere = accounts.passSecondStep({ ticket: third.ticket, code: codeNow(secret) }, atKiosk);
  await expect(elsewhere).rejects.toMatchObject(over);
  await db.query(`update second_steps set expires_at = now() - interval '1 second'`);
  const slow = accounts.passSecondStep({ ticket: third.ticket, code: codeNow(secret) }, nowhere);
  await expect(slow).rejects.toMatchObject(over);
});

it('counts codes by account, however many tickets they come with, and one per minute after ten', async () => {
  await using database = await server.createDatabase();
  const { ticketOf, set, codeNow, accounts, clock } = await setUp(database);
  const { secret } = await set('teacher');
  for (const _ of Array(2)) {
    const { ticket } = await ticketOf('teacher');
    for (const __ of Array(5)) {
      await accounts.passSecondStep({ ticket, code: '000000' }, nowhere).catch(() => undefined);
    }
  }
  const { ticket } = await ticketOf('teacher');
  const pass = () => accounts.passSecondStep({ ticket, code: codeNow(secret) }, nowhere);
  await expect(pass()).rejects.toMatchObject({ code: 'sign_in_throttled', retryAfterS: 60 });
  clock.nowMs += 60_000;
  await pass();
});

it('takes a recovery code once, in place of a code', async () => {
  await using database = await server.createDatabase();
  const { db, codes, ticketOf, set, accounts } = await setUp(database);
  const { recovery, person } = await set('teacher');
  const [code = ''] = recovery;
  expect(recovery).toHaveLength(10);
  const one = await ticketOf('teacher');
  await accounts.passSecondStep({ ticket: one.ticket, code: code.toLowerCase() }, nowhere);
  const two = await ticketOf('teacher');
  const again = accounts.passSecondStep({ ticket: two.ticket, code }, nowhere);
  await expect(again).rejects.toMatchObject({ code: 'second_step_wrong' });
  expect(await codes.stateOf(person.id)).toMatchObject({ isSet: true, recoveryCodesLeft: 9 });
  expect((await audited(db)).map(({ action }) => action)).toEqual(
    expect.arrayContaining(['second-step.recovery-code-used', 'second-step.wrong']),
  );
});

it('has who must have one set it up at the next sign-in, which it ends', async () => {
  await using database = await server.createDatabase();
  const { rules, signIn, ticketOf, codeNow, accounts } = await setUp(database);
  await rules.set({ roles: ['teacher'] }, systemActor);
  await signIn('student');
  await signIn('admin');
  const { ticket, kind } = await ticketOf('teacher');
  expect(kind).toBe('set-up');
  const { secret, uri } = await accounts.beginSecondStep(ticket, nowhere);
  expect(uri).toContain(secret);
  const wrong = accounts.passSecondStep({ ticket, code: '000000' }, nowhere);
  await expect(wrong).rejects.toMatchObject({ code: 'second_step_wrong' });
  const { cookie, recoveryCodes } = await accounts.passSecondStep({ ticket, code: codeNow(secret) }, nowhere);
  expect(recoveryCodes).toHaveLength(10);
  expect((await accounts.authenticate(cookie))?.user.username).toBe('teacher');
  expect((await ticketOf('teacher')).kind).toBe('code');
});

it('begins anew when the password is set meanwhile', async () => {
  await using database = await server.createDatabase();
  const { db, ticketOf, set, codeNow, accounts } = await setUp(database);
  const { secret } = await set('teacher');
  const { ticket } = await ticketOf('teacher');
  await new Users({ db, changes: noChanges }).setPassword('teacher', 'another one', systemActor);
  const late = accounts.passSecondStep({ ticket, code: codeNow(secret) }, nowhere);
  await expect(late).rejects.toMatchObject({ code: 'second_step_over' });
});

it('asks for nothing while a secret is on trial', async () => {
  await using database = await server.createDatabase();
  const { codes, owner, signIn } = await setUp(database);
  await codes.begin(await owner('teacher'));
  await signIn('teacher');
});

it('is removed with a code, and reset by an admin without one', async () => {
  await using database = await server.createDatabase();
  const { db, codes, set, signIn, codeNow, clock } = await setUp(database);
  const { secret, person } = await set('teacher');
  await expect(codes.begin(person)).rejects.toMatchObject({ code: 'second_step_set' });
  await expect(codes.remove(person, '000000', systemActor)).rejects.toMatchObject({
    code: 'second_step_wrong',
  });
  const renewed = await codes.renewRecovery(person, codeNow(secret), systemActor);
  expect(renewed).toHaveLength(10);
  clock.nowMs += 60_000;
  await codes.remove(person, codeNow(secret), systemActor);
  await signIn('teacher');
  await set('teacher');
  await codes.reset(person.id, systemActor);
  await signIn('teacher');
  await expect(codes.reset(person.id, systemActor)).rejects.toMatchObject({ code: 'second_step_unset' });
  expect((await audited(db)).filter(({ action }) => action.startsWith('second-step')).at(-1)).toMatchObject({
    action: 'second-step.reset',
    subject: person.id,
  });
});

it('keeps no secret and no recovery code as it is', async () => {
  await using database = await server.createDatabase();
  const { db, set } = await setUp(database);
  const { secret, recovery } = await set('admin');
  const stored = JSON.stringify([
    await db.query('select totp_secret from users'),
    await db.query('select * from totp_recovery_codes'),
    await audited(db),
  ]);
  for (const told of [secret, ...recovery, ...recovery.map((code) => code.replaceAll('-', ''))]) {
    expect(stored).not.toContain(told);
  }
});
