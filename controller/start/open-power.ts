import type { Services } from '../http/services.ts';
import { HdmiSwitches } from '../power/hdmi-switches.ts';
import { Relays } from '../power/relays.ts';
import { SeatPowers } from '../power/seat-powers.ts';
import type { OpenFleet } from './open-fleet.ts';
import type { Store } from './open-store.ts';

/** @returns what the API asks about relays and power; the work itself is done where the broker is (see `open-power-work.ts`) */
export function openPower({
  db,
  changes,
  messaging,
}: Store & Pick<OpenFleet, 'messaging'>): Pick<Services, 'relays' | 'seatPowers' | 'hdmiSwitches'> {
  return {
    relays: new Relays({ db, changes, brokerCredentials: messaging.credentials }),
    hdmiSwitches: new HdmiSwitches({ db, changes }),
    seatPowers: new SeatPowers({ db, changes, commands: messaging.commands }),
  };
}
