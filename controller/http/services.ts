import type {
  CommandArgsInput,
  CommandData,
  CommandName,
  ControllerStatus,
  CreateJoinTokenRequest,
  Desktop,
  Device,
  EndReason,
  Enrolment,
  EnrolmentPolicy,
  Group,
  JoinTokenResource,
  KioskView,
  ListedUser,
  PatchDeviceRequest,
  Pool,
  Room,
  Seat,
  Session,
} from '@homeroom/protocol';
import type { Accounts } from '../accounts/accounts.ts';
import type { Groups } from '../accounts/groups.ts';
import type { Guests } from '../accounts/guests.ts';
import type { PeopleImport } from '../accounts/import/import-people.ts';
import type { KioskSignIns } from '../accounts/kiosk-sign-ins.ts';
import type { OidcSignIn } from '../accounts/oidc/oidc-sign-in.ts';
import type { SecondStepCodes } from '../accounts/second-step/second-step-codes.ts';
import type { SecondStepRules } from '../accounts/second-step/second-step-rules.ts';
import type { TemplateGroups } from '../accounts/template-groups.ts';
import type { ApiTokens } from '../accounts/tokens/api-tokens.ts';
import type { Users } from '../accounts/users.ts';
import type { FileRounds } from '../attention/files/file-rounds.ts';
import type { FileShelf } from '../attention/files/file-shelf.ts';
import type { HostExchange } from '../attention/files/host-exchange.ts';
import type { RoundArchive } from '../attention/files/round-archive.ts';
import type { RoomControls } from '../attention/room-controls.ts';
import type { RoomMessages } from '../attention/room-messages.ts';
import type { Broadcasts } from '../broadcasts/broadcasts.ts';
import type { ClassRuns } from '../classes/class-runs.ts';
import type { Seatings } from '../classes/seatings.ts';
import type { PoolEditor } from '../desktops/pool-editor.ts';
import type { ProviderLimits } from '../desktops/provider-limits.ts';
import type { TemplateEditor } from '../desktops/template-editor.ts';
import type { Templates } from '../desktops/templates.ts';
import type { Findings } from '../findings/findings.ts';
import type { RoomAccess } from '../fleet/room-access.ts';
import type { RoomTeachers } from '../fleet/room-teachers.ts';
import type { SeatGuests } from '../fleet/seat-guests.ts';
import type { Snapshots } from '../fleet/snapshots.ts';
import type { StreamPermission } from '../gateway/ports.ts';
import type { ExamCollections } from '../lessons/exam-collections.ts';
import type { Holidays } from '../lessons/holidays.ts';
import type { LessonImport } from '../lessons/import/import-lessons.ts';
import type { Lessons } from '../lessons/lessons.ts';
import type { School } from '../lessons/school.ts';
import type { SeriesOfLessons } from '../lessons/series.ts';
import type { LoadTests } from '../load-tests/load-tests.ts';
import type { HdmiSwitches } from '../power/hdmi-switches.ts';
import type { Relays } from '../power/relays.ts';
import type { SeatPowers } from '../power/seat-powers.ts';
import type { Hosts } from '../providers/host/hosts.ts';
import type { Quotas } from '../quotas/quotas.ts';
import type { UsageReader } from '../quotas/usage-reader.ts';
import type { StreamTickets } from '../sessions/stream-tickets.ts';
import type { StreamViewStore } from '../sessions/stream-views.ts';
import type { Actor } from '../store/actor.ts';
import type { AuditLog } from '../store/audit-log.ts';
import type { Page, PageRequest } from '../store/page.ts';
import type { RoomPlans } from '../wall/room-plans.ts';
import type { RoomWalls } from '../wall/room-walls.ts';

/** What the HTTP routes ask of the other rooms of the controller. */
export interface Services {
  readonly accounts: Pick<
    Accounts,
    | 'signIn'
    | 'beginSecondStep'
    | 'passSecondStep'
    | 'admit'
    | 'proceed'
    | 'checkPassword'
    | 'signOut'
    | 'authenticate'
    | 'authenticateBearer'
  >;
  /** Undefined where no OpenID provider is set. */
  readonly oidc: Pick<OidcSignIn, 'name' | 'begin' | 'finish' | 'signOutUrl'> | undefined;
  readonly kioskSignIns: Pick<KioskSignIns, 'issue' | 'authenticate'>;
  readonly users: Readable<ListedUser> & Pick<Users, 'create' | 'change' | 'setPassword' | 'isKnown'>;
  readonly groups: Readable<Group> &
    Pick<Groups, 'create' | 'rename' | 'remove' | 'members' | 'addMembers' | 'setMembers' | 'removeMember'>;
  readonly templateGroups: Pick<TemplateGroups, 'of' | 'set' | 'mayUse'>;
  readonly guests: Pick<Guests, 'create' | 'limit'>;
  readonly seatGuests: Pick<SeatGuests, 'set' | 'at'>;
  readonly tokens: Pick<ApiTokens, 'page' | 'create' | 'withdraw'>;
  readonly peopleImport: Pick<PeopleImport, 'run'>;
  readonly secondStepCodes: Pick<
    SecondStepCodes,
    'stateOf' | 'begin' | 'confirm' | 'renewRecovery' | 'remove' | 'reset'
  >;
  readonly secondStepRules: Pick<SecondStepRules, 'get' | 'set'>;
  readonly audit: Pick<AuditLog, 'page' | 'walk' | 'verify' | 'add'>;
  readonly templates: Pick<Templates, 'page' | 'get'>;
  readonly pools: Readable<Pool>;
  readonly templateEditor: Pick<TemplateEditor, 'get' | 'create' | 'change'>;
  readonly poolEditor: Pick<PoolEditor, 'change'>;
  readonly providerLimits: Pick<ProviderLimits, 'list' | 'set'>;
  readonly hosts: Pick<Hosts, 'page' | 'get' | 'drain'>;
  readonly desktops: Readable<Desktop>;
  readonly sessions: SessionService;
  readonly streamTickets: Pick<StreamTickets, 'issue'>;
  readonly streamViews: Pick<StreamViewStore, 'holderOf'>;
  readonly broadcasts: Pick<Broadcasts, 'start' | 'stop' | 'get' | 'currentOf' | 'isFor'>;
  readonly streamPermission: StreamPermission;
  readonly devices: DeviceService;
  readonly commands: {
    send<N extends CommandName>(device: string, name: N, args: CommandArgsInput<N>): Promise<CommandData<N>>;
  };
  readonly snapshots: Pick<Snapshots, 'get'>;
  readonly rooms: RoomService;
  readonly relays: Pick<
    Relays,
    'page' | 'get' | 'create' | 'change' | 'remove' | 'setChannel' | 'switchChannel'
  >;
  readonly hdmiSwitches: Pick<HdmiSwitches, 'page' | 'get' | 'create' | 'change' | 'remove' | 'route'>;
  readonly seatPowers: Pick<SeatPowers, 'ofRoom' | 'of' | 'request' | 'override'>;
  readonly roomWalls: Pick<RoomWalls, 'of'>;
  readonly roomPlans: Pick<RoomPlans, 'place'>;
  readonly roomAccess: Pick<RoomAccess, 'mayUse' | 'mayUseSeat' | 'mayUseDevice' | 'teachersOf'>;
  readonly roomTeachers: Pick<RoomTeachers, 'set'>;
  readonly fileShelf: Pick<FileShelf, 'receive' | 'discard'>;
  readonly fileRounds: Pick<FileRounds, 'handOut' | 'collect' | 'page' | 'get' | 'retry'>;
  readonly hostExchange: Pick<HostExchange, 'handedOut' | 'refuseUnasked' | 'take' | 'maxTarBytes'>;
  readonly roundArchive: Pick<RoundArchive, 'of'>;
  /** What a file that is handed out may have. */
  readonly handOutMaxBytes: number;
  readonly roomControls: Pick<RoomControls, 'lock' | 'open' | 'mute'>;
  readonly roomMessages: Pick<RoomMessages, 'send' | 'page' | 'get' | 'withdraw' | 'shown' | 'read'>;
  readonly classRuns: Pick<ClassRuns, 'get' | 'latestOf' | 'preview' | 'start' | 'stop' | 'cancel' | 'retry'>;
  readonly seatings: Pick<Seatings, 'of' | 'set'>;
  readonly enrolments: EnrolmentService;
  readonly joinTokens: JoinTokenService;
  readonly findings: Pick<Findings, 'page' | 'get'>;
  readonly loadTests: Pick<LoadTests, 'begin' | 'get' | 'end'>;
  readonly lessons: Pick<Lessons, 'page' | 'get' | 'create' | 'change' | 'remove' | 'withRemarks'>;
  readonly examCollections: Pick<ExamCollections, 'of' | 'retry'>;
  readonly lessonImport: Pick<LessonImport, 'run'>;
  readonly lessonSeries: Pick<SeriesOfLessons, 'page' | 'get' | 'create' | 'change' | 'remove'>;
  readonly holidays: Pick<Holidays, 'page' | 'get' | 'create' | 'change' | 'remove'>;
  readonly school: Pick<School, 'get' | 'set'>;
  readonly quotas: Pick<Quotas, 'page' | 'get' | 'create' | 'change' | 'remove'>;
  readonly usage: Pick<UsageReader, 'of'>;
  readonly kioskViewOf: (deviceId: string) => Promise<KioskView>;
  readonly status: () => Promise<ControllerStatus>;
}

/** Records that are listed and read one by one. */
export interface Readable<T> {
  page(page: PageRequest): Promise<Page<T>>;
  get(id: string): Promise<T | undefined>;
}

export interface SessionService {
  start(request: {
    userId: string;
    templateId: string;
    seatId: string | null;
    actor: Actor;
  }): Promise<{ session: Session; created: boolean }>;
  /** Bring a user's live session to the seat where they have just signed in. @throws seat_taken */
  resumeAt(at: { userId: string; seatId: string; actor: Actor }): Promise<Session | undefined>;
  /** @param reason a sentence for the user, where the end reason does not say enough */
  end(id: string, endReason: EndReason, actor: Actor, reason?: string): Promise<Session>;
  move(id: string, seatId: string, actor: Actor): Promise<Session>;
  /** Put its end off. @throws keep_not_allowed, session_ended */
  keep(id: string, actor: Actor): Promise<Session>;
  /** Wait for another template. @throws template_unknown, session_not_waiting, session_ended */
  changeTemplate(id: string, templateId: string, actor: Actor): Promise<Session>;
  /** The one that began last, live or ended. */
  latestOf(userId: string): Promise<Session | undefined>;
  get(id: string): Promise<Session | undefined>;
  page(
    filter: {
      userId?: string;
      user?: string | undefined;
      state?: 'live' | 'all';
      /** Of a teacher's rooms, without a seat, or their own. */
      teacher?: string | null;
    },
    page: PageRequest,
  ): Promise<Page<Session>>;
  /** @returns a user's live session, or undefined */
  liveOf(userId: string): Promise<Session | undefined>;
}

export interface DeviceService {
  page(
    filter: { room?: string | undefined; teacher?: string | null },
    page: PageRequest,
  ): Promise<Page<Device>>;
  get(id: string): Promise<Device | undefined>;
  patch(id: string, patch: PatchDeviceRequest, actor: Actor): Promise<Device>;
  remove(id: string, actor: Actor): Promise<void>;
  authenticate(id: string, password: string): Promise<boolean>;
}

export interface RoomService {
  /** @param teacher whose rooms alone; all when null */
  page(page: PageRequest, teacher: string | null): Promise<Page<Room>>;
  get(id: string): Promise<Room | undefined>;
  create(name: string, actor: Actor, teachers?: readonly string[]): Promise<Room>;
  pageOfSeats(roomId: string | undefined, page: PageRequest, teacher: string | null): Promise<Page<Seat>>;
  seat(id: string): Promise<Seat | undefined>;
  createSeat(roomId: string, name: string, actor: Actor): Promise<Seat>;
  rename(id: string, name: string, actor: Actor): Promise<Room>;
  renameSeat(id: string, name: string, actor: Actor): Promise<Seat>;
}

export interface EnrolmentService {
  policy(): Promise<EnrolmentPolicy>;
  setPolicy(policy: EnrolmentPolicy['policy'], minutes: number, actor: Actor): Promise<EnrolmentPolicy>;
  waiting(page: PageRequest): Promise<Page<Enrolment>>;
  decide(
    id: string,
    decision: { accept: boolean; name?: string | undefined; seat?: string | undefined },
    actor: Actor,
  ): Promise<void>;
}

export interface JoinTokenService {
  page(page: PageRequest): Promise<Page<JoinTokenResource>>;
  create(request: CreateJoinTokenRequest, actor: Actor): Promise<JoinTokenResource>;
  withdraw(id: string, actor: Actor): Promise<void>;
}
