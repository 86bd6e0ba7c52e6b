/** Who sits where in a class. Pure. */

export interface Member {
  readonly id: string;
  readonly displayName: string;
}

export interface SeatToFill {
  readonly id: string;
  readonly hasDevice: boolean;
}

export interface SeatingFacts {
  /** Of the room, in the order in which they are filled. */
  readonly seats: readonly SeatToFill[];
  readonly members: readonly Member[];
  /** The plan as it was kept, from seat to member. */
  readonly plan: ReadonlyMap<string, string>;
  /** From member to where they sat last in this room. */
  readonly lastSeats: ReadonlyMap<string, string>;
}

export interface Seated<M extends Member> {
  /** From seat to member; seats that stay free are left out. */
  readonly places: ReadonlyMap<string, M>;
  readonly withoutSeat: readonly M[];
}

const byName = (one: Member, other: Member): number =>
  one.displayName.localeCompare(other.displayName) || one.id.localeCompare(other.id);

/**
 * The plan comes first; who is not in it sits where they sat last, and the others by name on what is free. Nobody is put
 * on a seat without a device but by a plan.
 */
export function assignSeats<M extends Member>(
  facts: Omit<SeatingFacts, 'members'> & { readonly members: readonly M[] },
): Seated<M> {
  const { seats, members, plan, lastSeats } = facts;
  const usable = new Set(seats.map(({ id }) => id));
  const free = new Set(seats.filter(({ hasDevice }) => hasDevice).map(({ id }) => id));
  const places = new Map<string, M>();
  const standing = new Map(members.toSorted(byName).map((member) => [member.id, member]));
  const sit = (seat: string, member: M): void => {
    places.set(seat, member);
    free.delete(seat);
    standing.delete(member.id);
  };
  for (const [seat, user] of plan) {
    const member = standing.get(user);
    if (member && usable.has(seat)) sit(seat, member);
  }
  for (const member of [...standing.values()]) {
    const seat = lastSeats.get(member.id);
    if (seat !== undefined && free.has(seat)) sit(seat, member);
  }
  for (const member of [...standing.values()]) {
    const [seat] = free;
    if (seat !== undefined) sit(seat, member);
  }
  return { places, withoutSeat: [...standing.values()] };
}
