import type { FileRound } from '@homeroom/protocol';
import { request } from '@homeroom/web/shared/api/request.ts';
import { computed, defineComponent, type PropType, ref } from 'vue';
import { useDesk } from '../desk/desk.ts';
import { useResource } from '../desk/use-resource.ts';
import { badge } from '../parts/badge.tsx';
import { textField } from '../parts/field.tsx';
import { sendFile } from './send-file.ts';

const shownRounds = 3;

/** Put a file into the students' homes, and fetch what they hand in. */
export const FilesCard = defineComponent({
  name: 'FilesCard',
  props: {
    room: { type: String, required: true },
    seats: { type: Array as PropType<string[] | undefined>, default: undefined },
  },
  setup(props) {
    const { run } = useDesk();
    const putInto = ref('Handouts');
    const takeFrom = ref('Hand in');
    const input = ref<HTMLInputElement>();
    const hasFile = ref(false);
    const rounds = useResource<{ items: FileRound[] }>(
      () => `rooms/${props.room}/file-rounds?limit=${shownRounds}`,
      ['file-round'],
    );
    const items = computed(() => (rounds.value.value?.items ?? []).slice(0, shownRounds));

    const handOut = async (): Promise<void> => {
      const file = input.value?.files?.[0];
      if (!file) return;
      const query = new URLSearchParams({ name: file.name, folder: putInto.value });
      if (props.seats) query.set('seats', props.seats.join(','));
      const sent = await run(
        () => sendFile(`rooms/${props.room}/handouts?${query}`, file),
        `${file.name} is handed out.`,
      );
      if (!sent) return;
      if (input.value) input.value.value = '';
      hasFile.value = false;
      rounds.renew();
    };
    const collect = async (): Promise<void> => {
      const body = { folder: takeFrom.value, ...(props.seats && { seats: props.seats }) };
      const begun = await run(
        () => request('POST', `rooms/${props.room}/collections`, { body }),
        'Files are collected.',
      );
      if (begun) rounds.renew();
    };

    return () => (
      <section class="hr-card" aria-label="Files">
        <h2>Files</h2>
        <form
          class="hr-inline"
          onSubmit={(event: Event) => {
            event.preventDefault();
            void handOut();
          }}
        >
          <label class="field">
            <span class="label">Hand out a file</span>
            <input
              class="input"
              type="file"
              ref={input}
              onChange={() => {
                hasFile.value = (input.value?.files?.length ?? 0) > 0;
              }}
            />
          </label>
          {textField({ label: 'Into the folder', value: putInto, maxLength: 60 })}
          <button type="submit" class="button primary" disabled={!hasFile.value}>
            Hand out
          </button>
        </form>
        <form
          class="hr-inline"
          onSubmit={(event: Event) => {
            event.preventDefault();
            void collect();
          }}
        >
          {textField({ label: 'Collect from the folder', value: takeFrom, maxLength: 60 })}
          <button type="submit" class="button">
            Collect
          </button>
        </form>
        {items.value.map((round) => (
          <p key={round.id} class="hr-bar">
            <span class="hr-summary">{roundWords(round)}</span>
            {roundBadge(round)}
            {round.kind === 'collect' && round.people.some(({ state }) => state === 'done') && (
              <a class="button" href={`/api/v1/file-rounds/${round.id}/archive`} download>
                Download
              </a>
            )}
          </p>
        ))}
      </section>
    );
  },
});

function roundWords({ kind, name, folder }: FileRound): string {
  return kind === 'hand-out' ? `${name ?? 'A file'} into ${folder}` : `From ${folder}`;
}

function roundBadge({ people }: FileRound) {
  const count = (wanted: FileRound['people'][number]['state']) =>
    people.filter(({ state }) => state === wanted).length;
  const failed = count('failed');
  const words = `${count('done')} of ${people.length} done${failed === 0 ? '' : `, ${failed} failed`}`;
  return badge(words, failed > 0 ? 'bad' : count('due') > 0 ? 'busy' : 'good');
}
