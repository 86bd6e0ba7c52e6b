import type {
  Cec,
  Desired,
  Device,
  DeviceState,
  Hdmi,
  Health,
  Input,
  Onlooker,
  Reported,
  SeatPower,
  Session,
  WallSeat,
} from '@homeroom/protocol';
import { healthLevel } from './health-level.ts';

/** A seat with its device; the device's columns are null where there is none. */
export interface WallRow {
  readonly id: string;
  readonly name: string;
  readonly x: number | null;
  readonly y: number | null;
  readonly device: string | null;
  readonly revoked_at: Date | null;
  readonly state: DeviceState | null;
  readonly hdmi: Hdmi | null;
  readonly cec: Cec | null;
  readonly input: Input | null;
  readonly health: Health | null;
  readonly alerts: Device['alerts'] | null;
  readonly desired: Desired | null;
  readonly reported: Reported | null;
  readonly desired_page: string | null;
  readonly desired_screen: 'on' | 'off' | null;
  /** For itself, or with its room. */
  readonly is_locked: boolean | null;
  /** To it, or to its room and not read there yet. */
  readonly message: string | null;
}

/** The live session at a seat, with the names that the wall shows of it. */
export interface WallSession {
  readonly session: Session;
  readonly displayName: string;
  readonly templateName: string;
}

/** What other rooms know of a seat. */
export interface SeatSides {
  readonly session: WallSession | undefined;
  readonly power: SeatPower | undefined;
  readonly onlookers: readonly Onlooker[];
}

/** Pages of a broadcast begin so; see the desired document. */
const broadcastPrefix = '/broadcast/';

/** @returns a seat as the wall tells it. Pure. */
export function wallSeatOf(row: WallRow, { session, power, onlookers }: SeatSides): WallSeat {
  const { x, y } = row;
  return {
    seat: row.id,
    name: row.name,
    position: x === null || y === null ? null : { x, y },
    device: row.device,
    connection: connectionOf(row),
    session: session ? sessionOf(session) : null,
    power: power ?? null,
    hdmi: hdmiOf(row.hdmi),
    tv: tvOf(row.cec),
    input: inputOf(row.input),
    health: healthLevel({ health: row.health, alerts: row.alerts ?? [] }),
    screen: row.desired_screen ?? 'off',
    isLocked: row.is_locked ?? false,
    isMuted: row.desired?.audio?.muted ?? false,
    isShowingBroadcast: row.desired?.kiosk.url.startsWith(broadcastPrefix) ?? false,
    page: row.desired_page,
    pageFault: pageFaultOf(row),
    message: row.message,
    onlookers: onlookers.map(({ displayName, isInControl }) => ({ displayName, isInControl })),
  };
}

/** What a device said of an earlier document, or of another page that hides the opened one, is none of this page. */
function pageFaultOf({ desired, desired_page: page, reported }: WallRow): WallSeat['pageFault'] {
  if (page === null || desired?.kiosk.url !== page) return null;
  if (reported === null || reported.revision < desired.revision) return null;
  return reported.kiosk.error ?? null;
}

function connectionOf({ device, revoked_at: revokedAt, state }: WallRow): WallSeat['connection'] {
  if (device === null) return 'none';
  return revokedAt ? 'revoked' : (state?.state ?? 'never');
}

function sessionOf({ session, displayName, templateName }: WallSession): WallSeat['session'] {
  const { id, user, username, template, state, startedAt, endsAt } = session;
  return { id, user, username, displayName, template, templateName, state, startedAt, endsAt };
}

function hdmiOf(hdmi: Hdmi | null): WallSeat['hdmi'] {
  if (!hdmi) return 'unknown';
  return hdmi.connectors.some(({ connected }) => connected) ? 'connected' : 'disconnected';
}

const tvOfPower: Record<Cec['adapters'][number]['power'], WallSeat['tv']> = {
  on: 'on',
  transitioning: 'on',
  standby: 'standby',
  'no-peer': 'none',
  'no-link': 'none',
  unknown: 'unknown',
  error: 'unknown',
};

function tvOf(cec: Cec | null): WallSeat['tv'] {
  const adapter = cec?.adapters.find(({ power }) => power !== 'no-link') ?? cec?.adapters.at(0);
  return adapter ? tvOfPower[adapter.power] : 'none';
}

function inputOf(input: Input | null): WallSeat['input'] {
  const has = (...kinds: string[]) => input?.devices.some(({ kind }) => kinds.includes(kind)) ?? false;
  return { keyboard: has('keyboard'), mouse: has('mouse', 'touchscreen', 'tablet') };
}
