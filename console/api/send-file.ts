import { answerOf, api } from './client.ts';
import { ApiProblem } from './problem.ts';

const sha256Of = async (file: File): Promise<string> => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return btoa(String.fromCharCode(...digest));
};

/**
 * Sends a file to the bucket of the stage and returns the id of the upload.
 * @throws ApiProblem where it is not taken, or the connection was lost.
 */
export const sendFile = async (file: File, tell: (share: number) => void): Promise<string> => {
  const asked = { size: file.size, sha256: await sha256Of(file), fileName: file.name };
  const { uploadId, url, headers } = await answerOf(api.POST('/admin/v1/uploads', { body: asked }));
  await put(file, { url, headers, tell });
  return uploadId;
};

interface Put {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly tell: (share: number) => void;
}

// `fetch` does not tell how much was sent.
const put = (file: File, { url, headers, tell }: Put): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => tell(total > 0 ? loaded / total : 0);
    request.onload = () =>
      request.status >= 200 && request.status < 300
        ? resolve()
        : reject(new ApiProblem(request.responseText.slice(0, 500), { status: request.status }));
    request.onerror = () => reject(new ApiProblem('The connection was lost', { status: 0 }));
    request.send(file);
  });
