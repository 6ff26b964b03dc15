import { basicAuthorization } from '../api/client.ts';
import { ApiProblem, problemOf } from '../api/problem.ts';
import { session } from '../api/session.ts';

/** Where the `Link` header leads on to; nowhere at the end. */
const nextIn = (response: Response): string | undefined =>
  /<([^>]+)>;\s*rel="?next"?/.exec(response.headers.get('link') ?? '')?.[1];

/** The rows of a CSV file that the API gives in parts, of which each but the first is without its header line. */
export async function* downloadParts(first: string): AsyncGenerator<string> {
  for (let next: string | undefined = first; next !== undefined; ) {
    const response = await ask(next);
    const part = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
    if (!response.ok) throw problemOf(response, part);
    yield next === first ? part : part.slice(part.indexOf('\n') + 1);
    next = nextIn(response);
  }
}

const ask = async (path: string): Promise<Response> => {
  try {
    return await fetch(path, {
      credentials: 'omit',
      headers: { authorization: basicAuthorization(session()?.key ?? '') },
    });
  } catch (error) {
    throw new ApiProblem(String(error), { status: 0 });
  }
};
