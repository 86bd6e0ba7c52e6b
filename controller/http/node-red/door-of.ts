import type { Role } from '@homeroom/protocol';

/** A way into Node-RED, and who may take it. */
export interface Door {
  /** What the browser's address begins with. */
  readonly prefix: '/red' | '/dashboard' | '/flows-http';
  readonly needs: Role;
  /** Whether a browser is shown the way to the sign-in, and back. */
  readonly isPage: boolean;
}

const editor: Door = { prefix: '/red', needs: 'admin', isPage: true };
/** The code of palettes' widgets: the dashboard loads it from the editor's folder, and it holds nothing of the flows. */
const resources: Door = { prefix: '/red', needs: 'teacher', isPage: false };
const dashboard: Door = { prefix: '/dashboard', needs: 'teacher', isPage: true };
const flows: Door = { prefix: '/flows-http', needs: 'student', isPage: false };

/** The paths of all doors; what is below them belongs to them too. */
export const doorPrefixes = [editor.prefix, dashboard.prefix, flows.prefix] as const;

/**
 * @param url of a request, with its query
 * @returns the door it asks at; undefined when it is none, or a path that two readers could read in two ways
 */
export function doorOf(url: string): Door | undefined {
  const [path = ''] = url.split(/[?#]/, 1);
  if (!isPlain(path)) return undefined;
  if (path.startsWith('/red/resources/')) return resources;
  return [editor, dashboard, flows].find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
}

/** Who checks and who answers must see the same path: none with dots, and no slash that hides. */
function isPlain(path: string): boolean {
  if (/%2f|%5c|%00|\\|\/\//i.test(path)) return false;
  try {
    return !decodeURIComponent(path)
      .split('/')
      .some((part) => part === '.' || part === '..');
  } catch {
    // No proper encoding: nobody's path.
    return false;
  }
}
