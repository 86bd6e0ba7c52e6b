import { randomUUID } from 'node:crypto';
import type {
  Change,
  Device,
  FileRound,
  KioskView,
  Room,
  RoomMessage,
  Seat,
  SeatOutcomes,
  User,
} from '@homeroom/protocol';

/** As much of the class room as is needed here. */
interface Classroom {
  readonly users: readonly User[];
  readonly rooms: readonly Room[];
  readonly seats: readonly Seat[];
  changeDevice(id: string, change: (device: Device) => void): void;
  announce(change: Change): void;
}

/** What a teacher does to the one room of the fake API. */
export class Attention {
  readonly messages: RoomMessage[] = [];
  readonly rounds: FileRound[] = [];
  /** The files that were handed out, by name. */
  readonly files = new Map<string, string>();
  readonly #classroom: Classroom;

  constructor(classroom: Classroom) {
    this.#classroom = classroom;
  }

  /** Change what is wanted at seats. */
  want(seats: readonly string[] | undefined, wanted: object): SeatOutcomes {
    const chosen = this.#classroom.seats.filter(({ id }) => !seats || seats.includes(id));
    for (const { device } of chosen) {
      if (device !== null)
        this.#classroom.changeDevice(device, ({ desired }) => Object.assign(desired, wanted));
    }
    const outcome = (seat: string, device: string | null) => ({
      seat,
      isReached: device !== null,
      reason: device === null ? 'No device stands at this seat.' : null,
    });
    return { seats: chosen.map(({ id, device }) => outcome(id, device)) };
  }

  say(text: string, sentBy: string | null, seats?: readonly string[]): RoomMessage {
    const chosen = this.#classroom.seats.filter(({ id }) => !seats || seats.includes(id));
    const message: RoomMessage = {
      id: randomUUID(),
      room: this.#classroom.rooms[0]?.id ?? '',
      text,
      sentBy,
      sentAt: new Date().toISOString(),
      expiresAt: new Date(Date.now() + 600_000).toISOString(),
      withdrawnAt: null,
      receipts: chosen.map(({ id, name }) => ({ seat: id, seatName: name, shownAt: null, readAt: null })),
    };
    this.messages.unshift(message);
    this.#tell(message);
    return message;
  }

  /** A device's page has shown a message, or somebody has read it there. */
  mark(id: string, device: string | null, mark: 'shownAt' | 'readAt'): void {
    const message = this.messages.find((each) => each.id === id);
    const seat = this.#classroom.seats.find((each) => each.device === device);
    const receipt = message?.receipts.find((each) => each.seat === seat?.id);
    if (!message || !receipt) return;
    receipt[mark] ??= new Date().toISOString();
    if (mark === 'readAt') this.#tell(message);
    else this.#classroom.announce({ kind: 'message', id });
  }

  withdraw(id: string): void {
    const message = this.messages.find((each) => each.id === id);
    if (!message) return;
    message.withdrawnAt = new Date().toISOString();
    this.#tell(message);
  }

  /** The message that a seat shows. */
  at(seat: string | undefined): { text: string; roomMessage: NonNullable<KioskView['roomMessage']> } | null {
    const unread = ({ withdrawnAt, receipts }: RoomMessage) =>
      withdrawnAt === null && receipts.some((each) => each.seat === seat && each.readAt === null);
    const message = this.messages.findLast(unread);
    if (!message) return null;
    const { id, sentBy, sentAt, text } = message;
    return { text, roomMessage: { id, sentBy, sentAt } };
  }

  /** Begin a hand-out or a collection of one student, who is done at once. */
  begin(kind: FileRound['kind'], folder: string, name: string | null): FileRound {
    const student = this.#classroom.users.find(({ role }) => role === 'student');
    const round: FileRound = {
      id: randomUUID(),
      room: this.#classroom.rooms[0]?.id ?? '',
      kind,
      folder,
      name,
      startedBy: null,
      startedAt: new Date().toISOString(),
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      people: [
        {
          user: student?.id ?? '',
          username: student?.username ?? '',
          displayName: student?.displayName ?? '',
          state: 'done',
          reason: null,
          files: 1,
          bytes: 12,
          leftCount: 0,
        },
      ],
    };
    this.rounds.unshift(round);
    this.#classroom.announce({ kind: 'file-round', id: round.id });
    return round;
  }

  #tell(message: RoomMessage): void {
    for (const { seat } of message.receipts) this.#classroom.announce({ kind: 'seat', id: seat });
    this.#classroom.announce({ kind: 'message', id: message.id });
  }
}
