import { describe, expect, it } from 'vitest';
import { renderLocalPage } from './local-page.ts';

describe('renderLocalPage', () => {
  it('shows title and text', () => {
    const html = renderLocalPage({ kind: 'offline', title: 'No controller', text: 'Trying again' });
    expect(html).toContain('<h1>No controller</h1>');
    expect(html).toContain('<p>Trying again</p>');
    expect(html).not.toContain('class="code"');
  });

  it('shows the code on its own', () => {
    const html = renderLocalPage({ kind: 'enrolling', title: 'Accept me', text: 'Compare', code: '123456' });
    expect(html).toContain('<p class="code">123456</p>');
  });

  it('lets no text become markup', () => {
    const evil = `<img src=x onerror="alert(1)">&'`;
    const html = renderLocalPage({ kind: 'refused', title: evil, text: evil, code: evil });
    expect(html).not.toContain('<img');
    expect(html.split('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;')).toHaveLength(5);
  });

  it('fetches nothing', () => {
    expect(renderLocalPage({ kind: 'starting', title: 'a', text: 'b' })).not.toMatch(
      /src=|href=|url\(|@import/,
    );
  });
});
