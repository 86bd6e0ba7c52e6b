import type { Identity } from './access-rules.ts';

/** What a connection says of itself in its CONNECT packet. */
export interface Login {
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
  readonly address: string;
}

/** Checks credentials for the embedded broker. */
export interface Authenticator {
  /**
   * @returns whom the connection speaks for, or undefined when the credential is wrong or does not go with
   * the client id
   * @throws device_revoked when the credential was withdrawn, database_unavailable when it cannot be told now; the client is asked to come again
   */
  authenticate(login: Login): Promise<Identity | undefined>;
}
