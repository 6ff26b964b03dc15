/** The address of a page of a stage, without a second slash between the two. */
export const linkTo = (publicUrl: string, path: string): string => `${publicUrl.replace(/(?<!\/)\/+$/, '')}${path}`;
