/** What is asked of a directory; the adapter is `ldap-directory.ts`. */

/** Somebody in a directory. */
export interface DirectoryEntry {
  readonly dn: string;
  /** Names the person for ever; a text, however the directory keeps it. */
  readonly id: string;
  /** Empty where the directory does not say it, as with the two that follow. */
  readonly username: string;
  readonly displayName: string;
  readonly mail: string;
  readonly groups: readonly DirectoryGroup[];
}

/** A group, by its DN and by its name within that. */
export interface DirectoryGroup {
  readonly dn: string;
  readonly name: string;
}

export interface Directory {
  /**
   * Look somebody up.
   *
   * @param username as it was typed; whatever is in it, it is looked for and nothing else
   * @returns undefined for nobody, and for more than one: then nobody knows who is meant
   * @throws directory_unavailable
   */
  find(username: string): Promise<DirectoryEntry | undefined>;
  /**
   * Whether this is the password of an entry: the directory is asked, by a bind on a connection of its own. An empty
   * one never is (RFC 4513, 5.1.2: a directory takes it for nobody's sign-in, and says yes).
   *
   * @throws directory_unavailable
   */
  isPassword(dn: string, password: string): Promise<boolean>;
  /** Look whether it answers and knows us. @throws directory_unavailable */
  check(): Promise<void>;
}
