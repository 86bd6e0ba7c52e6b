import type { Me, Room, User } from '@homeroom/protocol';
import { type ApiError, toApiError } from '@homeroom/web/shared/api/api-error.ts';
import { fetchMe } from '@homeroom/web/shared/api/request.ts';
import { requestWhole } from '@homeroom/web/shared/api/request-whole.ts';
import { watchSignInOver } from '@homeroom/web/shared/api/sign-in-over.ts';
import { openChanges } from '@homeroom/web/shared/live/open-changes.ts';
import { byName } from '@homeroom/web/shared/words/by-name.ts';
import { computed, onScopeDispose, provide, type Ref, ref, shallowRef } from 'vue';
import { type Desk, deskKey, type Question, type Toast } from './desk.ts';

const toastMs = 8_000;
const maxToasts = 4;
const retryMs = 3_000;
/** The same room on every page of the dashboard. */
const roomKey = 'homeroom.dashboard.room';

export interface OpenDesk extends Desk {
  /** `ready` once the rooms are there. */
  readonly state: Ref<'opening' | 'ready' | 'signed-out' | 'away'>;
  readonly error: Ref<ApiError | undefined>;
  readonly toasts: Ref<readonly Toast[]>;
  readonly question: Ref<(Question & { readonly answer: (isSure: boolean) => void }) | undefined>;
  readonly dropToast: (id: number) => void;
}

/** Open what a widget's parts share, and give it to them. Ends with the component that opened it. */
export function openDesk(): OpenDesk {
  const facts = useFacts();
  const { toasts, tell, dropToast } = useToasts();
  const question = shallowRef<Question & { readonly answer: (isSure: boolean) => void }>();
  const ask = (asked: Question): Promise<boolean> =>
    new Promise((resolve) => {
      const answer = (isSure: boolean): void => {
        question.value = undefined;
        resolve(isSure);
      };
      question.value = { ...asked, answer };
    });
  const run: Desk['run'] = async (work, done) => {
    try {
      const value = await work();
      if (done !== undefined) tell({ tone: 'good', text: done });
      return { value };
    } catch (caught) {
      const { title, remedy } = toApiError(caught);
      tell({ tone: 'bad', text: remedy === undefined ? title : `${title} ${remedy}` });
      return undefined;
    }
  };
  const desk: OpenDesk = { ...facts, toasts, tell, dropToast, question, ask, run };
  provide(deskKey, desk);
  return desk;
}

function useFacts(): Pick<OpenDesk, 'user' | 'rooms' | 'room' | 'chooseRoom' | 'live' | 'state' | 'error'> {
  const live = openChanges();
  const user = shallowRef<User>();
  const rooms = shallowRef<readonly Room[]>([]);
  const chosen = ref(askedRoom() ?? localStorage.getItem(roomKey) ?? '');
  const room = computed(() => rooms.value.find(({ id }) => id === chosen.value) ?? rooms.value[0]);
  const state = ref<OpenDesk['state']['value']>('opening');
  const error = shallowRef<ApiError>();
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const look = async (): Promise<void> => {
    clearTimeout(timer);
    try {
      const me: Me = await fetchMe(abort.signal);
      user.value = me.user ?? undefined;
      const { items } = await requestWhole<{ items: Room[] }>('rooms', abort.signal);
      rooms.value = byName(items, ({ name }) => name);
      state.value = 'ready';
      error.value = undefined;
    } catch (caught) {
      if (abort.signal.aborted) return;
      error.value = toApiError(caught);
      if (error.value.code === 'sign_in_required') state.value = 'signed-out';
      else if (state.value === 'opening') state.value = 'away';
      if (error.value.passes) timer = setTimeout(() => void look(), retryMs);
    }
  };

  const unsubscribe = live.subscribe((notice) => {
    if (notice === 'resync' || notice.kind === 'room') void look();
  });
  const unwatch = watchSignInOver(() => {
    state.value = 'signed-out';
  });
  live.start();
  void look();
  onScopeDispose(() => {
    clearTimeout(timer);
    abort.abort();
    unsubscribe();
    unwatch();
    live.stop();
  });
  const chooseRoom = (id: string): void => {
    chosen.value = id;
    localStorage.setItem(roomKey, id);
  };
  return { user, rooms, room, chooseRoom, live, state, error };
}

/** `?room=` of a link from the portal. */
function askedRoom(): string | undefined {
  const asked = new URLSearchParams(location.search).get('room') ?? undefined;
  if (asked !== undefined) localStorage.setItem(roomKey, asked);
  return asked;
}

function useToasts(): Pick<OpenDesk, 'toasts' | 'tell' | 'dropToast'> {
  const toasts = shallowRef<readonly Toast[]>([]);
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let lastId = 0;
  const dropToast = (id: number): void => {
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
  };
  const tell: Desk['tell'] = (toast) => {
    lastId += 1;
    const id = lastId;
    toasts.value = [...toasts.value.slice(1 - maxToasts), { ...toast, id }];
    const timer = setTimeout(() => {
      timers.delete(timer);
      dropToast(id);
    }, toastMs);
    timers.add(timer);
  };
  onScopeDispose(() => {
    for (const timer of timers) clearTimeout(timer);
  });
  return { toasts, tell, dropToast };
}
