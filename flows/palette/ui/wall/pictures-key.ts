import type { InjectionKey } from 'vue';
import type { Pictures } from './pictures.ts';

/** The wall's pictures, for its tiles. */
export const picturesKey: InjectionKey<Pictures> = Symbol('pictures');
