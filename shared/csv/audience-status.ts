/** How Mailchimp begins the names of the files of an audience, and what everybody in each of them is. */
const statuses = ['subscribed', 'unsubscribed', 'nonsubscribed', 'cleaned', 'archived', 'transactional', 'pending'];

/** Whether a single file in an archive is of an audience: without the name, nothing in it may say that everybody unsubscribed. */
export const isAudienceExport = (path: string): boolean =>
  audienceStatus(path) !== undefined && /_export_/i.test(path.slice(path.lastIndexOf('/') + 1));

/** What everybody in a file of an audience is, by its name; `undefined` if it is no such file. */
export const audienceStatus = (path: string): string | undefined => {
  const name = path.split('/').at(-1)?.toLowerCase() ?? '';
  const [, status = ''] = /^([a-z]+)[_ -].*\.csv$/.exec(name) ?? [];
  return statuses.includes(status) ? status : undefined;
};
