import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommandArgs, HomeroomError, toError } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import { findProgram } from '../find-program.ts';
import type { Log } from '../log.ts';
import type { ProcessIdentity } from '../process-table.ts';
import type { Account } from './account-files.ts';
import type { ControlGroups } from './control-groups.ts';
import { keepHostFolders } from './host-folders.ts';
import { type DesktopPaths, desktopPaths, type HostLayout } from './host-layout.ts';
import { type Launched, launch } from './launch.ts';
import { writeAccountFiles } from './name-service.ts';
import { sessionEnvironment } from './session-environment.ts';
import { makeUserFolder } from './user-folders.ts';
import { obfuscateVncPassword } from './vnc-password.ts';
import { xAuthorityFile } from './x-authority.ts';
import { startXServer } from './x-server.ts';
import { xServerArguments } from './x-server-arguments.ts';
import { makeXSocketFolder } from './x-socket-folder.ts';

export type StartArgs = CommandArgs<'desktop.start'>;

export interface DesktopStarterOptions {
  readonly layout: HostLayout;
  readonly groups: ControlGroups;
  /** The agent's own uid. Each session gets a uid of its own when it is root's, else all have this one. */
  readonly agentUid: number;
  readonly nameLibrary: string | undefined;
  readonly programFolders: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
}

export interface StartedDesktop {
  readonly xServer: Launched;
  readonly session: Launched;
}

/** Starts the processes of a desktop. It keeps nothing: whoever calls it cleans up after a failure. */
export class DesktopStarter {
  readonly #options: DesktopStarterOptions;

  constructor(options: DesktopStarterOptions) {
    this.#options = options;
  }

  /**
   * @param onXServer called as soon as the X server runs, so that it can be recorded before anything else
   * @throws xserver_missing, xserver_failed
   */
  async start(
    args: StartArgs,
    onXServer: (xServer: ProcessIdentity) => Promise<void>,
  ): Promise<StartedDesktop> {
    const { agentUid, layout } = this.#options;
    const isIsolated = this.#isIsolated;
    const command = await this.#findXServer();
    const paths = desktopPaths(layout, args.desktop);
    const account = {
      name: args.account,
      uid: isIsolated ? args.uid : agentUid,
      displayName: args.displayName,
      home: join(layout.homesDir, args.account),
    };
    const groups = await this.#prepare(args, account, paths);
    const env = this.#environment(args, account, paths);
    const uid = isIsolated ? args.uid : null;
    const xServer = await this.#startXServer({ command, args, paths, env, uid, groups });
    await onXServer(xServer.identity);
    const session = await launch({
      command: '/bin/sh',
      args: [join(layout.lookDir, 'session.sh')],
      env: { ...env, DISPLAY: `:${xServer.display}` },
      stdio: 'ignore',
      uid,
      groups,
    });
    return { xServer, session };
  }

  get #isIsolated(): boolean {
    return this.#options.agentUid === 0;
  }

  async #findXServer(): Promise<string> {
    const found = await findProgram(['Xvnc', 'Xtigervnc'], this.#options.programFolders);
    if (!found) throw new HomeroomError('xserver_missing');
    return found;
  }

  async #startXServer(options: {
    command: string;
    args: StartArgs;
    paths: DesktopPaths;
    env: Record<string, string>;
    uid: number | null;
    groups: readonly string[];
  }): Promise<Launched & { display: number }> {
    const { args, paths } = options;
    const xServer = await startXServer({
      command: options.command,
      args: xServerArguments({
        socketPath: paths.socket,
        authorityPath: paths.authority,
        passwordPath: paths.password,
        width: args.width,
        height: args.height,
        title: args.displayName,
        clipboard: {
          in: args.policies?.clipboardIn ?? true,
          out: args.policies?.clipboardOut ?? true,
        },
      }),
      env: options.env,
      uid: options.uid,
      groups: options.groups,
      logPath: paths.xServerLog,
      clock: this.#options.clock,
    });
    // From here on the socket is for the agent and its gateway alone, not even for the user behind it.
    if (options.uid !== null) await chown(paths.socketDir, 0, 0);
    return xServer;
  }

  /** Folders and secrets, before anything runs. */
  async #prepare(args: StartArgs, account: Account, paths: DesktopPaths): Promise<string[]> {
    const isIsolated = this.#isIsolated;
    const owner = isIsolated ? args.uid : null;
    await keepHostFolders(this.#options.layout, this.#options.agentUid);
    if (isIsolated) await makeXSocketFolder('/tmp/.X11-unix');
    await rm(paths.runDir, { recursive: true, force: true });
    await mkdir(paths.runDir, { mode: 0o700 });
    await chmod(paths.runDir, isIsolated ? 0o711 : 0o700);
    await makeUserFolder(paths.socketDir, owner);
    await makeUserFolder(account.home, owner);
    await makeUserFolder(paths.userRunDir, owner);
    await writeSecret(paths.password, obfuscateVncPassword(args.vncSecret), owner);
    await writeSecret(paths.authority, xAuthorityFile(randomBytes(16)), owner);
    if (this.#options.nameLibrary) await writeAccountFiles(account, paths);
    return this.#joinableGroups(args);
  }

  /** A machine that grants no ceiling still gives desktops. */
  async #joinableGroups({ desktop, memoryMiB }: StartArgs): Promise<string[]> {
    try {
      return await this.#options.groups.create(desktop, memoryMiB);
    } catch (error) {
      this.#options.log.warn('A desktop runs without a memory ceiling', { desktop, error: toError(error) });
      return [];
    }
  }

  #environment(args: StartArgs, account: Account, paths: DesktopPaths): Record<string, string> {
    const { layout, nameLibrary } = this.#options;
    return sessionEnvironment({
      desktop: args.desktop,
      account,
      application: args.application,
      kind: args.kind ?? null,
      folder: args.folder ?? null,
      authorityPath: paths.authority,
      userRunDir: paths.userRunDir,
      lookDir: layout.lookDir,
      ...(nameLibrary && { names: { library: nameLibrary, passwd: paths.passwd, group: paths.group } }),
    });
  }
}

/** The user may read it and not write it: what stands on /run must not grow at a user's will. */
async function writeSecret(path: string, content: Uint8Array, owner: number | null): Promise<void> {
  await writeFile(path, content, { mode: 0o600 });
  if (owner === null) return;
  await chown(path, 0, owner);
  await chmod(path, 0o440);
}
