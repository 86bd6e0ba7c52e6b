/** @returns the element of desktop.html with that id, checked to be of the kind that is expected. */
export function findElement<T extends HTMLElement>(id: string, kind: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`desktop.html has no ${kind.name} #${id}`);
  return element;
}
