import { HomeroomError, type SecondStep } from '@homeroom/protocol';

/** The password was right, and a code is owed: the answer says how to go on. */
export class SecondStepRequired extends HomeroomError {
  /** Leaves with the problem document. */
  readonly secondStep: SecondStep;

  constructor(secondStep: SecondStep) {
    super('second_step_required');
    this.secondStep = secondStep;
  }
}
