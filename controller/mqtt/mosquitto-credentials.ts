/**
 * Credentials and access rules on an external mosquitto, through its dynamic-security plugin. Each device is
 * a client bound to its own client id, with a role of its own; mosquitto keeps them in its own file.
 */
import { openClaimPassword } from '@homeroom/protocol/join-token';
import type { BrokerCredentials } from '../fleet/ports.ts';
import type { DynamicSecurity, SecurityCommand } from './dynamic-security.ts';
import { type Acl, aclsOf, claimAcls, defaultAccess } from './security-roles.ts';

export interface MosquittoCredentialsOptions {
  readonly security: DynamicSecurity;
  /** Undefined for no observer. */
  readonly observerPassword?: string;
}

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
   * each start: it changes nothing that is right, but ends connections of the observer and of claims.
   *
   * @throws broker_unavailable
   */
  async prepare(): Promise<void> {
    await this.#security.run([
      { command: 'setDefaultACLAccess', acls: defaultAccess },
      ...writeRole(roles.controller, aclsOf({ kind: 'controller' })),
      ...writeRole(roles.observer, aclsOf({ kind: 'observer' })),
      ...writeRole(roles.claim, claimAcls()),
      ...writeClient({ username: 'claim', password: openClaimPassword, role: roles.claim }),
      ...(this.#observerPassword === undefined
        ? [{ command: 'deleteClient', username: 'observer', mayFail: true }]
        : writeClient({ username: 'observer', password: this.#observerPassword, role: roles.observer })),
    ]);
    await this.#takeControllerRole();
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

  /** Once: taking a role ends our own connections, which then come back. */
  async #takeControllerRole(): Promise<void> {
    const { username } = this.#security;
    const [own] = await this.#security.run([{ command: 'getClient', username }]);
    if (JSON.stringify(own?.data ?? {}).includes(`"${roles.controller}"`)) return;
    await this.#security.run([
      { command: 'addClientRole', username, rolename: roles.controller, priority: 0 },
    ]);
  }
}

function deviceRole(device: string): string {
  return `homeroom-device-${device}`;
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
