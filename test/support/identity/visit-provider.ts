const maxSteps = 12;
const timeoutMs = 15_000;

/**
 * Be the browser of a person at the provider: follow it, and fill its forms in.
 *
 * @param url where Homeroom sends the browser
 * @param login what is typed as the name
 * @returns the query that the browser comes back with
 */
export async function visitProvider(url: string, login: string): Promise<string> {
  const { origin } = new URL(url);
  const cookies = new Map<string, string>();
  let step: { url: string; form?: URLSearchParams } = { url };
  for (let count = 0; count < maxSteps; count += 1) {
    const response = await fetch(step.url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      signal: AbortSignal.timeout(timeoutMs),
      ...(step.form && { method: 'POST', body: step.form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const next = response.headers.get('location');
    if (next !== null) {
      const target = new URL(next, step.url);
      if (target.origin !== origin) return target.search.slice(1);
      step = { url: target.href };
      continue;
    }
    step = filled(await response.text(), step.url, login);
  }
  throw new Error(`the provider did not come to an end in ${maxSteps} steps`);
}

function filled(page: string, at: string, login: string): { url: string; form: URLSearchParams } {
  const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
  const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
  if (action === undefined || prompt === undefined)
    throw new Error(`no form at ${at}: ${page.slice(0, 500)}`);
  return { url: new URL(action, at).href, form: new URLSearchParams({ prompt, login, password: 'any' }) };
}
