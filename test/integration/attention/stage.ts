import { AttentionReconciler } from '@homeroom/controller/attention/attention-reconciler.ts';
import { RoomControls } from '@homeroom/controller/attention/room-controls.ts';
import { RoomMessages } from '@homeroom/controller/attention/room-messages.ts';
import { wholeList } from '@homeroom/controller/store/page.ts';
import { silentLogger, type TestDatabase } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { enrolDevice } from '../fleet/support/enrol-device.ts';
import { FakeAgent } from '../fleet/support/fake-agent.ts';
import { admin, startTestFleet, type TestFleet } from '../fleet/support/test-fleet.ts';

/** A room with one seat and its device, and what a teacher does to it, on a real database and broker. */
export class AttentionStage implements AsyncDisposable {
  readonly test: TestFleet;
  readonly agent: FakeAgent;
  readonly room: string;
  readonly seat: string;
  readonly controls: RoomControls;
  readonly messages: RoomMessages;
  readonly #reconciler: AttentionReconciler;

  private constructor(
    { db }: TestDatabase,
    given: { test: TestFleet; agent: FakeAgent; room: string; seat: string },
  ) {
    this.test = given.test;
    this.agent = given.agent;
    this.room = given.room;
    this.seat = given.seat;
    const { changes } = given.test;
    this.controls = new RoomControls({ db, changes });
    this.messages = new RoomMessages({ db, changes });
    this.#reconciler = new AttentionReconciler({ db, changes, logger: silentLogger, intervalMs: 600 });
  }

  static async open(database: TestDatabase): Promise<AttentionStage> {
    const test = await startTestFleet(database);
    const password = await enrolDevice(test, 'pi-1');
    const [room] = (await test.fleet.rooms.page(wholeList)).items;
    if (!room) throw new Error('there is no first room');
    const seat = await test.fleet.rooms.createSeat(room.id, 'Seat 1', admin);
    await test.fleet.devices.patch('pi-1', { seat: seat.id }, admin);
    const agent = await FakeAgent.connect({ id: 'pi-1', password, port: test.port });
    await waitFor(
      'it to be ready',
      async () => (await test.fleet.devices.get('pi-1'))?.connection === 'ready',
    );
    const stage = new AttentionStage(database, { test, agent, room: room.id, seat: seat.id });
    stage.#reconciler.start();
    return stage;
  }

  view() {
    return this.test.fleet.kioskViews.get('pi-1');
  }

  /** Wait for what the device is told to show. */
  async shows(url: string): Promise<void> {
    await waitFor(`${url} to be shown`, () => this.agent.desired?.kiosk.url === url);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reconciler.stop();
    await this.agent[Symbol.asyncDispose]();
    await this.test[Symbol.asyncDispose]();
  }
}
