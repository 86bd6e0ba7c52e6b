import { onScopeDispose, type Ref, ref } from 'vue';

/** @returns the time, renewed every `everyMs` */
export function useNow(everyMs: number): Ref<Date> {
  const now = ref(new Date());
  const timer = setInterval(() => {
    now.value = new Date();
  }, everyMs);
  onScopeDispose(() => clearInterval(timer));
  return now;
}
