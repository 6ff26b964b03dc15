import * as z from 'zod';
import { location } from '../template/location.ts';
import { leftAside, number, tags } from '../template/property.ts';
import type { ResourceType } from '../template/resource-type.ts';

const corsRule = z.strictObject({
  AllowedOrigins: z.array(z.string()),
  AllowedMethods: z.array(z.string()),
  AllowedHeaders: z.array(z.string()).optional(),
  MaxAge: number.optional(),
});

const schema = z.strictObject({
  BucketName: z.string().optional(),
  CorsConfiguration: z.strictObject({ CorsRules: z.array(corsRule) }).optional(),
  LifecycleConfiguration: leftAside('objects stay until their folder is deleted'),
  BucketEncryption: leftAside('data stays on this machine'),
  PublicAccessBlockConfiguration: leftAside('nothing checks permissions'),
  OwnershipControls: leftAside('nothing checks permissions'),
  LoggingConfiguration: leftAside('there is no access log'),
  Tags: tags,
});

/** `AWS::S3::Bucket`, as far as it runs. */
export const bucketType = {
  type: 'AWS::S3::Bucket',
  schema,
  attributes: {
    Arn: (name) => `arn:aws:s3:::${name}`,
    RegionalDomainName: (name) => `${name}.s3.${location.region}.amazonaws.com`,
  },
  // A bucket's name has 63 lower-case characters at most.
  nameOf: (stackName, logicalId) =>
    `${stackName}-${logicalId}`
      .toLowerCase()
      .slice(-63)
      .replace(/^[^a-z0-9]+/, ''),
} satisfies ResourceType<typeof schema>;

/** What a template asks for of a bucket. */
export interface BucketPlan {
  readonly name: string;
  readonly properties: z.output<typeof schema>;
}

/** Creates a bucket; one that exists already is kept. */
export const createBucket = async (endpoint: string, { name, properties }: BucketPlan): Promise<void> => {
  const response = await fetch(`${endpoint}/${name}`, { method: 'PUT', headers: { 'x-amz-date': '20260101T000000Z' } });
  const answer = await response.text();
  if (!response.ok && response.status !== 409) throw new Error(`The bucket ${name} could not be made: ${answer}`);
  const rules = properties.CorsConfiguration?.CorsRules ?? [];
  if (rules.length > 0) await put(`${endpoint}/${name}?cors`, corsXml(rules));
};

const put = async (url: string, body: string): Promise<void> => {
  const response = await fetch(url, { method: 'PUT', headers: { 'x-amz-date': '20260101T000000Z' }, body });
  if (!response.ok) throw new Error(`The S3 engine refused ${url}: ${await response.text()}`);
};

const corsXml = (rules: readonly z.output<typeof corsRule>[]): string =>
  `<CORSConfiguration>${rules.map(ruleXml).join('')}</CORSConfiguration>`;

const ruleXml = ({
  AllowedOrigins,
  AllowedMethods,
  AllowedHeaders = [],
  MaxAge,
}: z.output<typeof corsRule>): string => {
  const all = (name: string, values: readonly string[]) =>
    values.map((value) => `<${name}>${value}</${name}>`).join('');
  const age = MaxAge === undefined ? '' : `<MaxAgeSeconds>${MaxAge}</MaxAgeSeconds>`;
  const lists = [all('AllowedOrigin', AllowedOrigins), all('AllowedMethod', AllowedMethods)];
  return `<CORSRule>${lists.join('')}${all('AllowedHeader', AllowedHeaders)}${age}</CORSRule>`;
};
