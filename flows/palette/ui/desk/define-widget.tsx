import type { Room, User } from '@homeroom/protocol';
import { defineComponent, inject, type PropType, type VNode, watch } from 'vue';
import { Dialog } from '../parts/dialog.tsx';
import { Notice } from '../parts/notice.tsx';
import { type OpenDesk, openDesk } from './open-desk.ts';

/** What stands in a widget once a room is chosen. */
export interface WidgetParts {
  /** Runs once, inside of the widget's setup. @returns what draws it */
  readonly setup: () => (facts: { readonly room: Room; readonly user: User }) => VNode | undefined;
}

/** The dashboard's way to the node of a widget. */
interface FlowSocket {
  emit(event: 'widget-action', node: string, message: object): void;
}

/**
 * Make a widget of the dashboard: around its own part stand the choice of the room, what is told and asked, and pages that teach
 * where there is nothing to show yet.
 */
export function defineWidget(name: string, { setup }: WidgetParts) {
  const Content = defineComponent({
    name: `${name}Content`,
    props: {
      room: { type: Object as PropType<Room>, required: true },
      user: { type: Object as PropType<User>, required: true },
    },
    setup(props) {
      const draw = setup();
      return () => draw(props);
    },
  });
  return defineComponent({
    name,
    inheritAttrs: false,
    props: { id: { type: String, default: '' }, props: Object, state: Object },
    setup(props) {
      const desk = openDesk();
      const tellFlow = inject<FlowSocket | undefined>('$socket', undefined);
      watch(
        () => desk.room.value?.id,
        (room) => tellFlow?.emit('widget-action', props.id, { topic: 'room', payload: room }),
      );
      return () => {
        const [room, user] = [desk.room.value, desk.user.value];
        return (
          <section class="hr hr-widget" data-widget={name}>
            {roomChoice(desk)}
            {desk.state.value === 'ready' && room && user ? <Content room={room} user={user} /> : teach(desk)}
            {toasts(desk)}
            {questionOf(desk)}
          </section>
        );
      };
    },
  });
}

function roomChoice({ rooms, room, chooseRoom }: OpenDesk): VNode | undefined {
  if (rooms.value.length === 0) return undefined;
  return (
    <label class="hr-room">
      <span class="hr-room-label">Room</span>
      <select
        class="input"
        value={room.value?.id}
        onChange={(event: Event) => chooseRoom((event.target as HTMLSelectElement).value)}
      >
        {rooms.value.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function teach({ state, error, user }: OpenDesk): VNode {
  if (state.value === 'signed-out')
    return (
      <Notice tone="warn">
        You are not signed in any more.{' '}
        <a href={`/?next=${encodeURIComponent(location.pathname)}`}>Sign in</a>
      </Notice>
    );
  if (state.value === 'away')
    return <Notice tone="bad">{`${error.value?.title} This page tries again.`}</Notice>;
  if (state.value === 'opening') return <p class="hr-quiet">One moment …</p>;
  return user.value?.role === 'admin' ? noRooms() : noOwnRooms();
}

function noRooms(): VNode {
  return (
    <div class="hr-empty">
      <h2>There is no room yet</h2>
      <p>
        A room holds seats, a seat holds a computer and whoever works at it. Make the first one, then enrol a
        device into it.
      </p>
      <a class="button primary" href="/rooms">
        Make a room
      </a>
    </div>
  );
}

function noOwnRooms(): VNode {
  return (
    <div class="hr-empty">
      <h2>No room is yours yet</h2>
      <p>
        Here you see the seats of your rooms, start a class and get everybody’s attention. An administrator
        gives you rooms: in Homeroom under Rooms, as their teacher. This page shows them at once.
      </p>
    </div>
  );
}

function toasts({ toasts: shown, dropToast }: OpenDesk): VNode {
  return (
    <div class="hr-toasts" role="status" aria-live="polite">
      {shown.value.map(({ id, tone, text, deed }) => (
        <p key={id} class="notice hr-toast" data-tone={tone}>
          <span>{text}</span>
          {deed && (
            <button
              type="button"
              class="button"
              onClick={() => {
                dropToast(id);
                deed.run();
              }}
            >
              {deed.label}
            </button>
          )}
          <button type="button" class="button quiet" onClick={() => dropToast(id)}>
            Close
          </button>
        </p>
      ))}
    </div>
  );
}

function questionOf({ question }: OpenDesk): VNode | undefined {
  const asked = question.value;
  if (!asked) return undefined;
  return (
    <Dialog title={asked.title} onClose={() => asked.answer(false)}>
      <p>{asked.text}</p>
      <div class="dialog-actions">
        <button type="button" class="button" data-autofocus onClick={() => asked.answer(false)}>
          Cancel
        </button>
        <button type="button" class="button danger primary" onClick={() => asked.answer(true)}>
          {asked.confirmLabel}
        </button>
      </div>
    </Dialog>
  );
}
