import type { FilePreview } from '../../api/imports.ts';

/** What is to be imported: a file that lies in the bucket already, or the link of one. */
export type Subject =
  | { readonly file: File; readonly uploadId: string; readonly preview: FilePreview }
  | { readonly link: string };
