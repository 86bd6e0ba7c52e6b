/**
 * Credentials and access rules on an external mosquitto, through its dynamic-security plugin. Each device is
 * a client bound to its own client id, with a role of its own; mosquitto keeps them in its own file.
 */
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { HomeroomError } from '@homeroom/protocol';
import { openClaimPassword } from '@homeroom/protocol/join-token';
import * as v from 'valibot';
import type { BrokerCredentials, RelayLogin } from '../fleet/ports.ts';
import { relayUserPrefix } from '../power/relay-topics.ts';
import type { DynamicSecurity, SecurityCommand } from './dynamic-security.ts';
import { type Acl, aclsOf, aclTypes, claimAcls, defaultAccess } from './security-roles.ts';

export interface MosquittoCredentialsOptions {
  readonly security: DynamicSecurity;
  /** Undefined for no observer. */
  readonly observerPassword?: string;
}

const maxAttempts = 20;
const retryMs = 500;

const roleSchema = v.looseObject({
  role: v.looseObject({
    acls: v.array(
      v.looseObject({
        acltype: v.picklist(aclTypes),
        topic: v.string(),
        allow: v.boolean(),
        priority: v.number(),
      }),
    ),
  }),
});
const clientSchema = v.looseObject({
  client: v.looseObject({ roles: v.array(v.looseObject({ rolename: v.string() })) }),
});

const roles = { controller: 'homeroom-controller', observer: 'homeroom-observer', claim: 'homeroom-claim' };

export class MosquittoCredentials implements BrokerCredentials {
  readonly #security: DynamicSecurity;
  readonly #observerPassword: string | undefined;

  constructor({ security, observerPassword }: MosquittoCredentialsOptions) {
    this.#security = security;
    this.#observerPassword = observerPassword;
  }

  /**
   * Write the roles that everybody shares, the observer and the claim without a token. To be repeated at
   * each start; a role that is right is left alone, because mosquitto cuts off everybody whose role changes.
   *
   * @throws broker_unavailable
   */
  async prepare(): Promise<void> {
    await this.#security.run([{ command: 'setDefaultACLAccess', acls: defaultAccess }]);
    await this.#writeRoleUnlessRight(roles.controller, aclsOf({ kind: 'controller' }));
    await this.#takeControllerRole();
    await this.#writeRoleUnlessRight(roles.observer, aclsOf({ kind: 'observer' }));
    await this.#writeRoleUnlessRight(roles.claim, claimAcls());
    await this.#security.run([
      ...writeClient({ username: 'claim', password: openClaimPassword, role: roles.claim }),
      ...(this.#observerPassword === undefined
        ? [{ command: 'deleteClient', username: 'observer', mayFail: true }]
        : writeClient({ username: 'observer', password: this.#observerPassword, role: roles.observer })),
    ]);
  }

  async put(device: string, password: string): Promise<void> {
    const role = deviceRole(device);
    await this.#security.run([
      ...writeRole(role, aclsOf({ kind: 'device', device })),
      ...writeClient({ username: device, password, role, clientid: device }),
    ]);
  }

  async remove(device: string): Promise<void> {
    await this.#security.run([
      // Ends its connection as well.
      { command: 'deleteClient', username: device, mayFail: true },
      { command: 'deleteRole', rolename: deviceRole(device), mayFail: true },
    ]);
  }

  async putClaim(tokenId: string, secret: string): Promise<void> {
    await this.#security.run(
      writeClient({ username: `claim-${tokenId}`, password: secret, role: roles.claim }),
    );
  }

  async removeClaim(tokenId: string): Promise<void> {
    await this.#security.run([{ command: 'deleteClient', username: `claim-${tokenId}`, mayFail: true }]);
  }

  async putRelay({ id, speaks, topic }: RelayLogin, password: string): Promise<void> {
    const role = relayRole(id);
    await this.#security.run([
      ...writeRole(role, aclsOf({ kind: 'relay', relay: id, speaks, topic })),
      ...writeClient({ username: `${relayUserPrefix}${id}`, password, role }),
    ]);
  }

  async removeRelay(id: string): Promise<void> {
    await this.#security.run([
      { command: 'deleteClient', username: `${relayUserPrefix}${id}`, mayFail: true },
      { command: 'deleteRole', rolename: relayRole(id), mayFail: true },
    ]);
  }

  async #writeRoleUnlessRight(rolename: string, acls: readonly Acl[]): Promise<void> {
    const [found] = await this.#security.run([{ command: 'getRole', rolename, mayFail: true }]);
    const parsed = v.safeParse(roleSchema, found?.data);
    if (parsed.success && isSame(parsed.output.role.acls, acls)) return;
    await this.#security.run(writeRole(rolename, acls));
  }

  /** Once in a broker's life: taking a role ends our own connections, which come back by themselves. */
  async #takeControllerRole(): Promise<void> {
    const { username } = this.#security;
    const add = { command: 'addClientRole', username, rolename: roles.controller, priority: 0 };
    for (let attempt = 1; !(await this.#hasControllerRole()); attempt += 1) {
      if (attempt > maxAttempts)
        throw new HomeroomError('broker_unavailable', `The user ${username} could not take its role.`);
      // The answer is lost with the connection, so the role is looked at again.
      await this.#security.run([{ ...add, mayFail: true }]).catch(() => undefined);
      await setTimeout(retryMs);
    }
  }

  async #hasControllerRole(): Promise<boolean> {
    const { username } = this.#security;
    try {
      const [own] = await this.#security.run([{ command: 'getClient', username }]);
      const parsed = v.safeParse(clientSchema, own?.data);
      return parsed.success && parsed.output.client.roles.some((role) => role.rolename === roles.controller);
    } catch {
      // Between two connections; the caller asks again, so many times and no more.
      return false;
    }
  }
}

function isSame(found: readonly Acl[], wanted: readonly Acl[]): boolean {
  const lines = (acls: readonly Acl[]) =>
    acls.map(({ acltype, topic, allow, priority }) => [acltype, topic, allow, priority].join(' ')).toSorted();
  return isDeepStrictEqual(lines(found), lines(wanted));
}

function deviceRole(device: string): string {
  return `homeroom-device-${device}`;
}

function relayRole(relay: string): string {
  return `homeroom-relay-${relay}`;
}

/** A role is made if it is missing, and then set to what it should be. */
function writeRole(rolename: string, acls: readonly Acl[]): SecurityCommand[] {
  return [
    { command: 'createRole', rolename, mayFail: true },
    { command: 'modifyRole', rolename, acls },
  ];
}

/** A client is made anew, which ends connections under an older password. */
function writeClient(client: {
  username: string;
  password: string;
  role: string;
  clientid?: string;
}): SecurityCommand[] {
  const { role, ...fields } = client;
  return [
    { command: 'deleteClient', username: client.username, mayFail: true },
    { command: 'createClient', ...fields, roles: [{ rolename: role, priority: 0 }] },
  ];
}
