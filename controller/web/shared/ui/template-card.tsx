import type { Template } from '@homeroom/protocol';
import { Icon } from '../icons/icon.tsx';
import { templateIcon } from '../icons/icon-paths.ts';
import './template-card.css';

export interface TemplateCardProps {
  readonly template: Template;
  readonly isStarting: boolean;
  /** Why it cannot be started now, in a few words; undefined when it can. */
  readonly blockedBy?: string | undefined;
  /** It would be taken in place of one that is waited for. */
  readonly isInstead?: boolean;
  readonly onStart: () => void;
}

/** One kind of desktop that can be chosen; the whole card is the button. */
export function TemplateCard({
  template,
  isStarting,
  blockedBy,
  isInstead = false,
  onStart,
}: TemplateCardProps) {
  const isBlocked = blockedBy !== undefined || isStarting;
  return (
    <button
      type="button"
      className="template-card"
      aria-disabled={isBlocked}
      onClick={isBlocked ? undefined : onStart}
    >
      <span className="template-icon">
        <Icon name={templateIcon(template.icon)} size={30} />
      </span>
      <span className="template-name">{template.name}</span>
      <span className="template-description">{template.description}</span>
      <span className="template-ready">
        <span className="badge" data-tone={toneOf(template, blockedBy)}>
          {isStarting ? 'Starting…' : (blockedBy ?? freeWords(template.ready, isInstead))}
        </span>
        <Icon name="chevron" size={18} />
      </span>
    </button>
  );
}

function toneOf({ ready }: Template, blockedBy: string | undefined): 'good' | 'warn' | 'idle' {
  if (blockedBy !== undefined) return 'idle';
  return ready > 0 ? 'good' : 'warn';
}

function freeWords(ready: number, isInstead: boolean): string {
  return isInstead ? `Take this instead: ${readyWords(ready).toLowerCase()}` : readyWords(ready);
}

function readyWords(ready: number): string {
  if (ready === 0) return 'None ready, a short wait';
  return ready === 1 ? '1 ready' : `${ready} ready`;
}
