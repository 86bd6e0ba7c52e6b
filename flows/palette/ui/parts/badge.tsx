import type { VNode } from 'vue';

/** A word or two in a colour that says no more than they do. */
export function badge(words: string, tone = 'idle'): VNode {
  return (
    <span class="badge" data-tone={tone}>
      {words}
    </span>
  );
}
