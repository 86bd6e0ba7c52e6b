/**
 * Desktops as X sessions of host agents. Rules:
 * - ready means a place kept on a host: nothing runs until it is assigned;
 * - what an agent says is certain; an agent that does not answer is asked again, and only a host that stays
 *   away, comes back without the desktop or was removed has lost it;
 * - a host that comes back with a desktop on record as gone is told to stop it (by the inventory).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type DesktopReport, HomeroomError, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type {
  Assignment,
  DesktopSpec,
  ListedDesktop,
  Progress,
  Provider,
  StreamAddress,
} from '../../desktops/provider.ts';
import type { DeviceCommands } from '../../fleet/ports.ts';
import type { Database } from '../../store/database.ts';
import { type HostFacts, judgeAway, judgePlace } from './host-judgement.ts';
import { findHost, hostIds, hostStates, reservePlace } from './host-places.ts';
import { parseHostSettings } from './host-settings.ts';
import { noPlaceReason } from './no-place-reason.ts';

export interface HostProviderOptions {
  readonly db: Database;
  readonly commands: DeviceCommands;
  readonly logger: Logger;
}

const startingPollMs = 50;

export class HostProvider implements Provider {
  readonly name = 'host';
  readonly hasCold = false;
  readonly #db: Database;
  readonly #commands: DeviceCommands;
  readonly #logger: Logger;

  constructor({ db, commands, logger }: HostProviderOptions) {
    this.#db = db;
    this.#commands = commands;
    this.#logger = logger;
  }

  async create(desktop: DesktopSpec, signal: AbortSignal): Promise<Progress> {
    signal.throwIfAborted();
    parseHostSettings(desktop.settings);
    // A place that was kept before is judged: its host may have been emptied, or lost its consent, since.
    const kept = desktop.hostId;
    if (kept !== null) return toRepeated(judgePlace(await this.#host(kept), kept), kept);
    const hostId = await reservePlace(this.#db, desktop);
    if (hostId !== undefined) return { state: 'ready', hostId };
    return { state: 'working', reason: noPlaceReason(await hostStates(this.#db), desktop.kind) };
  }

  warm(): Promise<Progress> {
    return Promise.reject(new HomeroomError('provider_failed', 'hosts keep no stopped desktops'));
  }

  cool(): Promise<Progress> {
    return Promise.reject(new HomeroomError('provider_failed', 'hosts keep no stopped desktops'));
  }

  async poll(desktop: DesktopSpec, signal: AbortSignal): Promise<Progress> {
    signal.throwIfAborted();
    const { hostId, isAssigned } = desktop;
    if (hostId === null) {
      if (isAssigned) return { state: 'gone', reason: 'Its host was removed.' };
      return this.create(desktop, signal);
    }
    const host = await this.#host(hostId);
    if (!isAssigned) return judgePlace(host, hostId);
    try {
      return toProgress(
        await this.#commands.send(hostId, 'desktop.poll', { desktop: desktop.id }, { signal }),
      );
    } catch (caught) {
      const lost = judgeAway(host, hostId);
      if (lost) return lost;
      throw caught;
    }
  }

  async assign(desktop: DesktopSpec, assignment: Assignment, signal: AbortSignal): Promise<StreamAddress> {
    const { id, hostId } = desktop;
    if (hostId === null) throw new HomeroomError('desktop_lost', 'The host of this desktop was removed.');
    const { user, secret, policies = {}, folder } = assignment;
    const settings = parseHostSettings(desktop.settings);
    const start = {
      ...settings,
      kind: desktop.kind,
      desktop: id,
      account: user.account,
      uid: user.posixUid,
      displayName: user.displayName.slice(0, 200),
      vncSecret: secret,
      temporary: user.isTemporary ?? false,
      policies,
      ...(folder !== undefined && { folder }),
    };
    const started = await this.#commands.send(hostId, 'desktop.start', start, { signal });
    const report = await this.#awaitRunning(hostId, started, signal);
    return {
      kind: 'vnc',
      via: report.socket === null ? { tunnel: hostId } : { unix: report.socket },
      secret,
    };
  }

  async delete(desktop: DesktopSpec, signal: AbortSignal): Promise<Progress> {
    signal.throwIfAborted();
    const { id, hostId, isAssigned } = desktop;
    if (hostId === null) return { state: 'gone' };
    try {
      await this.#commands.send(hostId, 'desktop.stop', { desktop: id }, { signal });
      return { state: 'gone' };
    } catch (caught) {
      signal.throwIfAborted();
      // Nothing runs in a place that nobody was given.
      if (!isAssigned && caught instanceof HomeroomError && caught.code === 'device_offline')
        return { state: 'gone' };
      const lost = judgeAway(await this.#host(hostId), hostId);
      if (lost) return lost;
      throw caught;
    }
  }

  async list(signal: AbortSignal): Promise<ListedDesktop[]> {
    const hosts = await hostIds(this.#db);
    const lists = await Promise.all(hosts.map((host) => this.#listHost(host, signal)));
    return lists.flat();
  }

  async #listHost(hostId: string, signal: AbortSignal): Promise<ListedDesktop[]> {
    try {
      const { desktops } = await this.#commands.send(hostId, 'desktop.list', {}, { signal });
      return desktops.map(({ desktop }) => ({ id: desktop, hostId }));
    } catch (caught) {
      signal.throwIfAborted();
      this.#logger.debug({ err: toError(caught), hostId }, 'a host did not list its desktops');
      return [];
    }
  }

  async #awaitRunning(hostId: string, first: DesktopReport, signal: AbortSignal): Promise<DesktopReport> {
    let report = first;
    while (report.state === 'starting') {
      await sleep(startingPollMs, undefined, { signal });
      report = await this.#commands.send(hostId, 'desktop.poll', { desktop: report.desktop }, { signal });
    }
    if (report.state === 'running') return report;
    throw new HomeroomError('desktop_lost', report.error?.message ?? 'The desktop ended as it was started.');
  }

  async #host(id: string): Promise<HostFacts | undefined> {
    const row = await findHost(this.#db, id);
    if (!row) return undefined;
    const { healthy, draining, is_allowed: isAllowed, silent_s: silentS } = row;
    return { healthy, draining, isAllowed, silentS };
  }
}

/** A repeated `create` answers as the first did, with its host; one that was removed must not be written down. */
function toRepeated(judged: Progress, hostId: string): Progress {
  return judged.state === 'ready' ? { ...judged, hostId } : judged;
}

function toProgress({ state, error }: DesktopReport): Progress {
  if (state === 'running') return { state: 'ready' };
  if (state === 'starting') return { state: 'working' };
  return { state: 'gone', reason: error?.message ?? 'The desktop has ended on its host.' };
}
