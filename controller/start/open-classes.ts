import type { Logger } from 'pino';
import { AutomaticLessons } from '../classes/automatic-lessons.ts';
import { ClassReconciler } from '../classes/class-reconciler.ts';
import { ClassRuns } from '../classes/class-runs.ts';
import type { Messaging } from '../mqtt/messaging.ts';
import { HdmiSwitches } from '../power/hdmi-switches.ts';
import { SeatPowers } from '../power/seat-powers.ts';
import { Sessions } from '../sessions/sessions.ts';
import type { Store } from './open-store.ts';

export interface ClassesOptions extends Pick<Store, 'db' | 'changes'> {
  readonly messaging: Pick<Messaging, 'commands'>;
  readonly logger: Logger;
}

/** @returns what brings seats into their classes and out of them, and what starts lessons by themselves */
export function classParts({ db, changes, messaging, logger: parent }: ClassesOptions) {
  const logger = parent.child({ part: 'classes' });
  const { commands } = messaging;
  const powers = new SeatPowers({ db, changes, commands });
  const sessions = new Sessions({ db, changes, logger });
  const screens = new HdmiSwitches({ db, changes });
  const classRuns = new ClassRuns({ db, changes, powers });
  return [
    new ClassReconciler({ db, changes, powers, sessions, commands, screens, logger }),
    new AutomaticLessons({ db, changes, classRuns, logger }),
  ];
}
