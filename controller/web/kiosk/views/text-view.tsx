import { Icon } from '../../shared/icons/icon.tsx';
import type { IconName } from '../../shared/icons/icon-paths.ts';

export interface TextViewProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  /** Something goes on by itself; shown as calm movement. */
  readonly isGoingOn?: boolean;
  /** Shown as it is, to be compared or typed. */
  readonly code?: string | undefined;
}

/** A screen that only tells something, readable from two metres. */
export function TextView({ icon, title, text, isGoingOn = false, code }: TextViewProps) {
  return (
    <div className="text-view" role="status">
      <Icon name={icon} size={88} />
      <h1>{title}</h1>
      <p>{text}</p>
      {code && <code className="text-view-code">{code}</code>}
      <div className="text-view-progress" data-going-on={isGoingOn} aria-hidden="true" />
    </div>
  );
}
