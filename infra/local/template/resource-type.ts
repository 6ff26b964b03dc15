import type * as z from 'zod';

/** What the attributes of resources are made from. */
export interface Surroundings {
  readonly stackName: string;
  /** The queue engine as functions reach it; queue URLs are under it. */
  readonly sqsEndpoint: string;
  /** The address of the HTTP API. */
  readonly apiUrl: string;
}

/** What `Ref` and `Fn::GetAtt` say of a resource, by the attribute and the resource's name. */
export type Attributes = Readonly<Record<string, (name: string, surroundings: Surroundings) => string>>;

/** A type of resource that the local stack reads. */
export interface ResourceType<Schema extends z.ZodType = z.ZodType> {
  /** As CloudFormation calls it, e.g. `AWS::SQS::Queue`. */
  readonly type: string;
  /** Its properties, as far as they run; any other is refused by name. */
  readonly schema: Schema;
  /** `Ref` is the name unless it is among them. */
  readonly attributes?: Attributes;
  /** A name for a resource that has none; the stack's name and the logical id unless given. */
  readonly nameOf?: (stackName: string, logicalId: string) => string;
}

/** A resource of a template, its properties without intrinsics. */
export interface Resource<Schema extends z.ZodType> {
  readonly logicalId: string;
  readonly name: string;
  readonly properties: z.infer<Schema>;
}
