import { type DesktopCount, HomeroomError } from '@homeroom/protocol';

/** A class cannot have as many desktops as it needs: the answer says how many there are. */
export class DesktopsShort extends HomeroomError {
  /** Leaves with the problem document. */
  readonly desktops: DesktopCount;

  constructor(desktops: DesktopCount) {
    const { needed, ready, possible } = desktops;
    super(
      'desktops_short',
      `The class needs ${needed} desktops; there can be ${possible}, and ${ready} stand ready now.`,
    );
    this.desktops = desktops;
  }
}
