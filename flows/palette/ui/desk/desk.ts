import type { Room, User } from '@homeroom/protocol';
import type { LiveChanges } from '@homeroom/web/shared/live/live-changes.ts';
import { type InjectionKey, inject, type Ref } from 'vue';

export interface Toast {
  readonly id: number;
  readonly tone: 'good' | 'bad';
  readonly text: string;
  /** What takes it back, or tries it again. */
  readonly deed?: { readonly label: string; readonly run: () => void } | undefined;
}

export interface Question {
  readonly title: string;
  readonly text: string;
  readonly confirmLabel: string;
}

/** What every part of a widget shares: who is signed in, which room it is about, what is told and asked. */
export interface Desk {
  readonly user: Ref<User | undefined>;
  readonly rooms: Ref<readonly Room[]>;
  readonly room: Ref<Room | undefined>;
  readonly chooseRoom: (id: string) => void;
  readonly live: LiveChanges;
  readonly tell: (toast: Omit<Toast, 'id'>) => void;
  /** @returns whether the person is sure. */
  readonly ask: (question: Question) => Promise<boolean>;
  /**
   * Do something and tell how it went.
   *
   * @returns what it gave; undefined when it failed
   */
  readonly run: <T>(work: () => Promise<T>, done?: string) => Promise<{ readonly value: T } | undefined>;
}

export const deskKey: InjectionKey<Desk> = Symbol('desk');

/** @returns the desk of the widget around @throws outside of a widget */
export function useDesk(): Desk {
  const desk = inject(deskKey);
  if (!desk) throw new Error('this stands in no widget');
  return desk;
}
