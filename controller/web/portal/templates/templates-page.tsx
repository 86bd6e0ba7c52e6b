import type { Group, Template } from '@homeroom/protocol';
import { useState } from 'react';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { templateIcon } from '../../shared/icons/icon-paths.ts';
import { byName } from '../../shared/words/by-name.ts';
import { Link } from '../route/link.tsx';
import { Empty } from '../shell/empty.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { Table } from '../shell/table.tsx';
import { NewTemplateDialog } from './new-template-dialog.tsx';
import { providerWords, whoseWords } from './template-words.ts';
import './templates-page.css';

/** Every template that is offered. */
export function TemplatesPage() {
  const templates = useResource<{ items: Template[] }>('templates', {
    kinds: ['template', 'pool', 'desktop'],
  });
  const groups = useResource<{ items: Group[] }>('groups', { kinds: ['group', 'template'] });
  const [isMaking, setMaking] = useState(false);
  const items = templates.value && byName(templates.value.items, ({ name }) => name);
  const make = (
    <button type="button" className="button primary" onClick={() => setMaking(true)}>
      <Icon name="plus" size={18} /> Make a template
    </button>
  );
  return (
    <Page
      title="Templates"
      lead="What desktops are made from. Each is a card that people choose."
      actions={make}
    >
      <ProblemNotice error={templates.error ?? groups.error} />
      {items?.length === 0 && (
        <Empty title="No templates yet" icon="application">
          Make one, then give its <Link href="/pools">pool</Link> a size: it appears as a card for everybody
          whom it is for.
        </Empty>
      )}
      {items && items.length > 0 && (
        <Table label="Templates" columns={['Template', 'For', 'Made by', 'Ready']} hasActions>
          {items.map((template) => (
            <tr key={template.id}>
              <th scope="row">
                <span className="template-head">
                  <Icon name={templateIcon(template.icon)} size={24} />
                  <span>
                    {template.name}
                    <small className="mono">{template.id}</small>
                  </span>
                </span>
              </th>
              <td data-label="For">{whoseWords(template.id, groups.value?.items ?? [])}</td>
              <td data-label="Made by">{providerWords(template.provider).split(':')[0]}</td>
              <td data-label="Ready">{template.ready}</td>
              <td className="actions">
                <Link
                  className="button"
                  href={`/templates/${template.id}`}
                  aria-label={`Change ${template.name}`}
                >
                  Change
                </Link>
              </td>
            </tr>
          ))}
        </Table>
      )}
      {isMaking && <NewTemplateDialog onClose={() => setMaking(false)} />}
    </Page>
  );
}
