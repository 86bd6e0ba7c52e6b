import { Onlookers } from '../sessions/onlookers.ts';
import { RoomPlans } from '../wall/room-plans.ts';
import { RoomWalls, type RoomWallsOptions } from '../wall/room-walls.ts';
import type { Store } from './open-store.ts';

/** What the wall asks of the other rooms. */
type Parts = Pick<Store, 'db' | 'changes'> & Pick<RoomWallsOptions, 'power' | 'runs' | 'broadcasts'>;

/** A room as its teacher sees it, and where its seats stand. */
export function openWall({ db, changes, ...parts }: Parts) {
  return {
    roomWalls: new RoomWalls({ db, ...parts, onlookers: new Onlookers({ db }) }),
    roomPlans: new RoomPlans({ db, changes }),
  };
}
