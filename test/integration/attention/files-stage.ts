import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { FileCarrier } from '@homeroom/controller/attention/files/file-carrier.ts';
import { FileRounds } from '@homeroom/controller/attention/files/file-rounds.ts';
import { FileShelf } from '@homeroom/controller/attention/files/file-shelf.ts';
import { HostExchange } from '@homeroom/controller/attention/files/host-exchange.ts';
import { RoundArchive } from '@homeroom/controller/attention/files/round-archive.ts';
import { claim } from '@homeroom/controller/sessions/claim.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import type { Change, CommandArgs, FileRound } from '@homeroom/protocol';
import { HomeroomError } from '@homeroom/protocol';
import { pack } from 'tar-stream';
import { silentLogger, type TestDatabase } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { admin } from '../fleet/support/test-fleet.ts';
import { stock } from '../lessons/school.ts';
import { enlist, furnish, seat, templateId } from '../sessions/classroom.ts';

export const host = 'host-1';
type Answer = (args: never) => Promise<unknown>;

/** A room with students, and a host that the test plays. */
export class FilesStage implements AsyncDisposable {
  readonly database: TestDatabase;
  readonly shelf: FileShelf;
  readonly rounds: FileRounds;
  readonly exchange: HostExchange;
  readonly archive: RoundArchive;
  readonly room: string;
  readonly seats: string[];
  readonly people: string[];
  /** By command; one that is missing says that the host is away. */
  readonly host: Record<string, Answer> = {};
  readonly asked: { name: string; args: Record<string, unknown> }[] = [];
  readonly #dir: string;
  #carrier: FileCarrier;
  readonly #createCarrier: () => FileCarrier;
  readonly #listeners = new Set<(change: Change) => void>();

  private constructor(
    database: TestDatabase,
    given: { dir: string; room: string; seats: string[]; people: string[] },
  ) {
    const { db } = database;
    this.database = database;
    this.#dir = given.dir;
    this.room = given.room;
    this.seats = given.seats;
    this.people = given.people;
    this.shelf = new FileShelf({ dir: given.dir });
    const common = { db, shelf: this.shelf, collectMaxMiB: 1 };
    const changes = {
      announce: (change: Change) => {
        for (const listener of this.#listeners) listener(change);
      },
      subscribe: (listener: (change: Change) => void) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
    };
    this.rounds = new FileRounds({ ...common, changes });
    this.exchange = new HostExchange(common);
    this.archive = new RoundArchive(common);
    const commands = { send: (to: string, name: string, args: object) => this.#answer(to, name, args) };
    const options = { ...common, changes, logger: silentLogger, intervalMs: 200 };
    this.#createCarrier = () => new FileCarrier({ ...options, commands });
    this.#carrier = this.#createCarrier();
  }

  static async open(database: TestDatabase, { students = 2 } = {}): Promise<FilesStage> {
    const { db } = database;
    await furnish(db);
    await stock(db, students);
    const seats = (await seat(db, students)).map(({ seatId }) => seatId);
    const people = await enlist(db, students);
    await db.query(
      `with made as (insert into devices (id, name) values ($1, 'Host 1') returning id)
      insert into hosts (device_id, capacity) select id, 5 from made`,
      [host],
    );
    const [row] = await db.query<{ room: string }>('select room_id as room from seats limit 1');
    const dir = await mkdtemp(join(tmpdir(), 'homeroom-files-'));
    const stage = new FilesStage(database, { dir, room: row?.room ?? '', seats, people });
    stage.#carrier.start();
    return stage;
  }

  /** The process that carries files ends, and another one begins. */
  async restart(between: () => Promise<unknown>): Promise<void> {
    await this.#carrier.stop();
    await between();
    this.#carrier = this.#createCarrier();
    this.#carrier.start();
  }

  /** Somebody sits down, and their desktop comes on the host. */
  async sit(index: number, on: string | null = host): Promise<string> {
    const { db } = this.database;
    const [userId = '', seatId = ''] = [this.people[index], this.seats[index]];
    const session = await claim(db, { userId, templateId, seatId, actor: systemActor });
    await db.query('update desktops set host_id = $2 where id = $1', [session.desktop_id, on]);
    await db.query('update sessions set assigned_at = now() where id = $1', [session.id]);
    for (const listener of this.#listeners) listener({ kind: 'session', id: session.id });
    return session.id;
  }

  async handOut(text: string, name = 'sheet.txt'): Promise<FileRound> {
    const received = await this.shelf.receive(Readable.from([Buffer.from(text)]), { maxBytes: 1_000 });
    const request = { name, folder: 'Handouts', forS: 600, seats: undefined, group: undefined };
    return await this.rounds.handOut(this.room, request, received, admin);
  }

  collect(): Promise<FileRound> {
    return this.rounds.collect(this.room, { folder: 'Hand in', forS: 600 }, admin);
  }

  /** Wait until nobody is due. */
  settled({ id }: FileRound): Promise<FileRound> {
    return waitFor('everybody to be done or failed', async () => {
      const round = await this.rounds.get(id);
      return round?.people.every(({ state }) => state !== 'due') && round;
    });
  }

  /** A host that puts what it is given; the contents are kept by account. */
  takesHandouts(contents: Map<string, string>): void {
    this.host['files.put'] = async ({ account, files, round }: CommandArgs<'files.put'>) => {
      const { content, sizeBytes } = await this.exchange.handedOut(round, host);
      contents.set(account, (await buffer(content)).toString());
      return { files: files.map(({ name }) => ({ name, state: 'written', savedAs: name, sizeBytes })) };
    };
  }

  /** A host where everybody has these files. */
  hasFiles(files: Readonly<Record<string, string>>): void {
    const listed = Object.entries(files).map(([path, text]) => ({
      path,
      sizeBytes: Buffer.byteLength(text),
    }));
    this.host['files.collect'] = async () => ({
      folder: '/data/collected',
      isMissing: false,
      files: listed,
      left: [],
      leftCount: 0,
    });
    this.host['files.send'] = async ({ round, account, path }: CommandArgs<'files.send'>) => {
      const tar = pack();
      for (const [name, text] of Object.entries(files)) tar.entry({ name: `${account}/${name}` }, text);
      tar.finalize();
      const received = await this.shelf.receive(Readable.from(tar), { maxBytes: 1_000_000 });
      const user = path.split('/').at(-2) ?? '';
      await this.exchange.take({ round, user, host }, received.path);
      await this.shelf.discard(received.path);
      return { sizeBytes: received.sizeBytes };
    };
    this.host['files.forget'] = async () => ({});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#carrier.stop();
    await rm(this.#dir, { recursive: true, force: true });
  }

  async #answer(to: string, name: string, args: object) {
    this.asked.push({ name, args: { ...args } });
    const answer = to === host ? this.host[name] : undefined;
    if (!answer) throw new HomeroomError('device_offline', 'the host is away');
    return JSON.parse(JSON.stringify(await answer(args as never)));
  }
}
