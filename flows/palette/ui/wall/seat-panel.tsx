import type { WallSeat } from '@homeroom/protocol';
import { defineComponent, onBeforeUnmount, onMounted, type PropType, ref, type VNode } from 'vue';
import { Dialog } from '../parts/dialog.tsx';
import { SeatPicture } from './seat-picture.tsx';
import { seatFacts, seatMarks } from './seat-words.ts';
import type { SeatActions } from './use-seat-actions.ts';

/** One seat, large: its desktop live and view-only, everything about it in words, and every deed. */
export const SeatPanel = defineComponent({
  name: 'SeatPanel',
  props: {
    seat: { type: Object as PropType<WallSeat>, required: true },
    seats: { type: Array as PropType<readonly WallSeat[]>, required: true },
    actions: { type: Object as PropType<SeatActions>, required: true },
    now: { type: Date, required: true },
  },
  emits: ['close'],
  setup(props, { emit }) {
    const text = ref('');
    const closeWithView = (event: MessageEvent): void => {
      if (event.origin === location.origin && event.data === 'homeroom:view-left') emit('close');
    };
    onMounted(() => addEventListener('message', closeWithView));
    onBeforeUnmount(() => removeEventListener('message', closeWithView));
    const send = async (): Promise<void> => {
      if (await props.actions.message(props.seat, text.value)) text.value = '';
    };
    return () => (
      <Dialog title={props.seat.name} shape="stage" onClose={() => emit('close')}>
        <div class="hr-panel">
          <div class="hr-panel-view">{view(props.seat)}</div>
          <div class="hr-panel-side">
            {deeds(props.seat, props.actions)}
            {moveList(props.seat, props.seats, props.actions)}
            {messageForm(text, send)}
            <dl class="hr-facts">
              {seatFacts(props.seat, props.now).map(({ label, words, tone }) => (
                <div key={label} data-tone={tone}>
                  <dt>{label}</dt>
                  <dd>{words}</dd>
                </div>
              ))}
            </dl>
            <p class="hr-tile-marks">
              {seatMarks(props.seat).map(({ words, tone }) => (
                <span key={words} class="badge" data-tone={tone}>
                  {words}
                </span>
              ))}
            </p>
          </div>
        </div>
      </Dialog>
    );
  },
});

const hasStream: ReadonlySet<string> = new Set(['active', 'detached']);

/** The page of the desktop has its own bar: it takes over, gives back and ends. */
function view({ session, device, name, connection }: WallSeat): VNode[] {
  if (session && hasStream.has(session.state)) {
    const title = `The desktop of ${session.displayName}`;
    const src = `/desktop/${session.id}?view=watch`;
    return [<iframe key={session.id} class="hr-stream" src={src} title={title} allow="fullscreen" />];
  }
  return [
    <SeatPicture device={device} name={name} isOn={connection === 'ready'} />,
    <p class="hr-hint">No desktop is shown here: this is what the screen shows, once a second.</p>,
  ];
}

function deeds(seat: WallSeat, actions: SeatActions): VNode {
  const isThere = seat.connection === 'ready';
  const { relay } = seat.power ?? { relay: null };
  return (
    <div class="hr-deeds" role="toolbar" aria-label={`What to do at ${seat.name}`}>
      <button
        type="button"
        class={['button', seat.isLocked ? 'on' : '']}
        disabled={seat.device === null}
        onClick={() => void actions.lock(seat, !seat.isLocked)}
      >
        {seat.isLocked ? 'Unlock' : 'Lock'}
      </button>
      <button type="button" class="button" disabled={!isThere} onClick={() => void actions.identify(seat)}>
        Identify
      </button>
      <button
        type="button"
        class="button"
        disabled={seat.device === null}
        onClick={() => void actions.setScreen(seat, seat.screen === 'on' ? 'off' : 'on')}
      >
        {seat.screen === 'on' ? 'Screen off' : 'Screen on'}
      </button>
      <button
        type="button"
        class="button danger"
        disabled={!isThere}
        onClick={() => void actions.reboot(seat)}
      >
        Restart
      </button>
      {relay && (
        <button type="button" class="button danger" onClick={() => void actions.powerCycle(seat)}>
          Power-cycle
        </button>
      )}
      {seat.session && (
        <button type="button" class="button danger" onClick={() => void actions.endSession(seat)}>
          End desktop
        </button>
      )}
    </div>
  );
}

function moveList(
  { session }: WallSeat,
  seats: readonly WallSeat[],
  actions: SeatActions,
): VNode | undefined {
  if (!session) return undefined;
  const free = seats.filter((seat) => seat.session === null && seat.device !== null);
  const move = (event: Event): void => {
    const select = event.target as HTMLSelectElement;
    const to = free.find(({ seat }) => seat === select.value);
    if (to) void actions.moveSession(session.id, to);
    select.value = '';
  };
  return (
    <label class="field">
      <span class="label">Move this desktop to</span>
      <select class="input" onChange={move} disabled={free.length === 0}>
        <option value="">{free.length === 0 ? 'No seat is free' : 'Choose a free seat …'}</option>
        {free.map(({ seat, name }) => (
          <option key={seat} value={seat}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function messageForm(text: { value: string }, send: () => Promise<void>): VNode {
  return (
    <form
      class="hr-inline"
      onSubmit={(event: Event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label class="field">
        <span class="label">Message to this seat</span>
        <input
          class="input"
          value={text.value}
          maxlength={500}
          onInput={(event: Event) => {
            text.value = (event.target as HTMLInputElement).value;
          }}
        />
      </label>
      <button type="submit" class="button" disabled={text.value.trim() === ''}>
        Send
      </button>
    </form>
  );
}
