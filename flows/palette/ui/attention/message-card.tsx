import type { RoomMessage } from '@homeroom/protocol';
import { request } from '@homeroom/web/shared/api/request.ts';
import { agoWords } from '@homeroom/web/shared/words/time-words.ts';
import { computed, defineComponent, type PropType, ref } from 'vue';
import { useDesk } from '../desk/desk.ts';
import { useNow } from '../desk/use-now.ts';
import { useResource } from '../desk/use-resource.ts';
import { badge } from '../parts/badge.tsx';

const shownMessages = 3;

/** Say something to the screens, and see who has read it. */
export const MessageCard = defineComponent({
  name: 'MessageCard',
  props: {
    room: { type: String, required: true },
    seats: { type: Array as PropType<string[] | undefined>, default: undefined },
  },
  setup(props) {
    const { run } = useDesk();
    const now = useNow(5_000);
    const text = ref('');
    const messages = useResource<{ items: RoomMessage[] }>(
      () => `rooms/${props.room}/messages?limit=${shownMessages}`,
      ['message'],
    );
    const items = computed(() => (messages.value.value?.items ?? []).slice(0, shownMessages));
    const send = async (): Promise<void> => {
      const body = { text: text.value, ...(props.seats && { seats: props.seats }) };
      const sent = await run(
        () => request('POST', `rooms/${props.room}/message`, { body }),
        'The message is sent.',
      );
      if (!sent) return;
      text.value = '';
      messages.renew();
    };
    const withdraw = async ({ id }: RoomMessage): Promise<void> => {
      if (await run(() => request('DELETE', `messages/${id}`), 'The message is taken back.'))
        messages.renew();
    };

    return () => (
      <section class="hr-card" aria-label="Message">
        <h2>Message</h2>
        <form
          class="form"
          onSubmit={(event: Event) => {
            event.preventDefault();
            void send();
          }}
        >
          <label class="field">
            <span class="label">Text</span>
            <textarea
              class="input"
              rows={2}
              maxlength={500}
              value={text.value}
              onInput={(event: Event) => {
                text.value = (event.target as HTMLTextAreaElement).value;
              }}
            />
          </label>
          <p class="hr-bar">
            <button type="submit" class="button primary" disabled={text.value.trim() === ''}>
              Send
            </button>
          </p>
        </form>
        {items.value.map((message) => (
          <article key={message.id} class="hr-message">
            <p>
              <strong>{message.text}</strong> <small>{agoWords(message.sentAt, now.value)}</small>
            </p>
            <p class="hr-bar">
              {receiptBadge(message)}
              {isLive(message, now.value) && (
                <button type="button" class="button" onClick={() => void withdraw(message)}>
                  Take back
                </button>
              )}
            </p>
            {unreadWords(message)}
          </article>
        ))}
      </section>
    );
  },
});

function isLive({ withdrawnAt, expiresAt }: RoomMessage, now: Date): boolean {
  return withdrawnAt === null && Date.parse(expiresAt) > now.getTime();
}

function receiptBadge({ receipts, withdrawnAt }: RoomMessage) {
  if (withdrawnAt !== null) return badge('taken back');
  const read = receipts.filter(({ readAt }) => readAt !== null).length;
  const shown = receipts.filter(({ shownAt }) => shownAt !== null).length;
  const isDone = read === receipts.length;
  return badge(`shown at ${shown}, read at ${read} of ${receipts.length}`, isDone ? 'good' : 'busy');
}

function unreadWords({ receipts, withdrawnAt }: RoomMessage) {
  const unread = receipts.filter(({ readAt }) => readAt === null);
  if (withdrawnAt !== null || unread.length === 0 || unread.length === receipts.length) return undefined;
  return <p class="hr-hint">{`Not read yet: ${unread.map(({ seatName }) => seatName).join(', ')}`}</p>;
}
