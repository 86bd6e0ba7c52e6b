import * as v from 'valibot';
import { timestamp } from './fields.ts';

/** `controller/state`: agents publish everything afresh when it turns `online`. */
export const controllerState = v.looseObject({
  state: v.picklist(['online', 'offline']),
  since: timestamp,
});
export type ControllerState = v.InferOutput<typeof controllerState>;
