import type { Group, TemplateDetails } from '@homeroom/protocol';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Link } from '../route/link.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { TemplateForm } from './template-form.tsx';
import { endsWords, whoseWords } from './template-words.ts';
import { WithdrawSection } from './withdraw-section.tsx';
import './templates-page.css';

/** One template: everything that can be said of it. */
export function TemplatePage({ id }: { id: string }) {
  const template = useResource<TemplateDetails>(`templates/${encodeURIComponent(id)}/details`, {
    kinds: ['template', 'pool', 'desktop'],
  });
  const groups = useResource<{ items: Group[] }>('groups', { kinds: ['group', 'template'] });
  const { value } = template;
  return (
    <Page
      title={value?.name ?? 'Template'}
      lead={
        value &&
        groups.value &&
        `For ${whoseWords(id, groups.value.items)}. ${value.ready} ready. ${endsWords(value)}`
      }
      actions={
        <Link className="button" href="/pools">
          To the pools
        </Link>
      }
    >
      <ProblemNotice error={template.error ?? groups.error} />
      {value?.withdrawnAt && (
        <p className="notice" data-tone="warn">
          <strong>This template is withdrawn.</strong> Nobody is offered it; sessions of it go on until they
          end.
        </p>
      )}
      {value && groups.value && (
        <>
          <TemplateForm template={value} groups={groups.value.items} />
          <WithdrawSection template={value} />
        </>
      )}
    </Page>
  );
}
