import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { navigate } from './navigate.ts';

export interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'onClick'> {
  readonly href: string;
  /** After it was followed here, not where it was opened in another tab. */
  readonly onFollow?: (() => void) | undefined;
}

/** A link to another page of the portal. */
export function Link({ href, onFollow, ...rest }: LinkProps) {
  const follow = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(href);
    onFollow?.();
  };
  return <a href={href} onClick={follow} {...rest} />;
}
