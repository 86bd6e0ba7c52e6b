import type { Relay } from '@homeroom/protocol';
import { request } from '@homeroom/web/shared/api/request.ts';
import { agoWords } from '@homeroom/web/shared/words/time-words.ts';
import { computed, defineComponent, type PropType } from 'vue';
import { useDesk } from '../desk/desk.ts';
import { useNow } from '../desk/use-now.ts';
import { useResource } from '../desk/use-resource.ts';
import { badge } from '../parts/badge.tsx';

/** The relays of a room with their channels, for admins. What powers a computer is switched by its seat alone. */
export const RelayList = defineComponent({
  name: 'RelayList',
  props: {
    room: { type: String, required: true },
    names: { type: Object as PropType<ReadonlyMap<string, string>>, required: true },
  },
  setup(props) {
    const { run } = useDesk();
    const now = useNow(10_000);
    const relays = useResource<{ items: Relay[] }>(() => 'relays', ['relay']);
    const here = computed(() =>
      (relays.value.value?.items ?? []).filter(({ room }) => room === props.room || room === null),
    );
    const flip = (relay: Relay, channel: number, on: boolean): void => {
      const path = `relays/${relay.id}/channels/${channel}/switch`;
      void run(
        () => request('POST', path, { body: { on } }),
        `Channel ${channel} of ${relay.name} goes ${on ? 'on' : 'off'}.`,
      );
    };
    return () => (
      <section class="hr-card" aria-label="Relays">
        <h2>Relays</h2>
        {here.value.length === 0 && (
          <p class="hr-hint">
            None yet. A relay is made with `homeroom relays create` or by the API; docs/power.md tells how
            each kind is connected.
          </p>
        )}
        {here.value.map((relay) => (
          <div key={relay.id} class="hr-relay">
            <p class="hr-bar">
              <strong>{relay.name}</strong>
              {badge(relay.online ? 'online' : 'away', relay.online ? 'good' : 'bad')}
              <span class="hr-hint">
                {relay.lastSeenAt === null ? 'never heard' : `heard ${agoWords(relay.lastSeenAt, now.value)}`}
              </span>
            </p>
            <ul class="hr-choices">
              {relay.channels.map((channel) => (
                <li key={channel.channel} class="hr-choice">
                  {`${channel.channel}: ${channel.seat === null ? channel.name : (props.names.get(channel.seat) ?? channel.name)}`}
                  {badge(
                    channel.on === null ? 'unknown' : channel.on ? 'on' : 'off',
                    channel.on ? 'good' : 'idle',
                  )}
                  {channel.fault !== null && badge(channel.fault, 'bad')}
                  {channel.load !== 'seat' && (
                    <button
                      type="button"
                      class="button"
                      onClick={() => flip(relay, channel.channel, channel.on !== true)}
                    >
                      {channel.on ? 'Off' : 'On'}
                    </button>
                  )}
                </li>
              ))}
            </ul>
          </div>
        ))}
      </section>
    );
  },
});
