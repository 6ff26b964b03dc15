import { location } from '../../template/location.ts';
import type { Call } from '../grant.ts';
import { type CallsOf, unknownOperation } from './service-request.ts';

/** What requests to Amazon S3 ask for (service authorization reference, "Actions defined by Amazon S3"). */
export const s3Calls: CallsOf = ({ method, path, headers }) => {
  const { pathname, searchParams } = new URL(path, 'http://s3');
  const [, bucket = '', ...key] = pathname.split('/').map(decodeURIComponent);
  const part = [...searchParams.keys()].find((name) => subresources.has(name));
  if (part !== undefined) throw unknownOperation('Amazon S3', `${method} of ${part}`);
  if (key.join('/') === '') {
    if (method !== 'GET' && method !== 'HEAD') throw unknownOperation('Amazon S3', `${method} of a bucket`);
    return [listCall(bucket, searchParams.get('prefix'))];
  }
  const action = searchParams.has('uploadId') && method === 'DELETE' ? 'AbortMultipartUpload' : objectActions[method];
  if (!action) throw unknownOperation('Amazon S3', `${method} of an object`);
  const source = headers['x-amz-copy-source'];
  return [
    { action: `s3:${action}`, resource: objectArn(bucket, key.join('/')) },
    ...(source === undefined ? [] : [copyCall(source)]),
  ];
};

/** Parts of buckets and objects with permissions of their own, which no function here asks for. */
const subresources: ReadonlySet<string> = new Set([
  'acl',
  'delete',
  'lifecycle',
  'policy',
  'retention',
  'tagging',
  'versions',
]);

/** Without this permission Amazon S3 says `AccessDenied` of an object that is not there. */
export const seeingWhatIsMissing: CallsOf = ({ path }) => [
  listCall(new URL(path, 'http://s3').pathname.split('/')[1] ?? '', null),
];

const objectActions: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  HEAD: 'GetObject',
  PUT: 'PutObject',
  // Uploads in parts begin and end with it.
  POST: 'PutObject',
  DELETE: 'DeleteObject',
};

const objectArn = (bucket: string, key: string): string => `arn:${location.partition}:s3:::${bucket}/${key}`;

const listCall = (bucket: string, prefix: string | null): Call => ({
  action: 's3:ListBucket',
  resource: `arn:${location.partition}:s3:::${bucket}`,
  context: { 's3:prefix': prefix === null ? [] : [prefix] },
});

const copyCall = (source: string): Call => {
  const [bucket = '', ...key] = decodeURIComponent(source.replace(/\?.*$/, '')).replace(/^\//, '').split('/');
  return { action: 's3:GetObject', resource: objectArn(bucket, key.join('/')) };
};
