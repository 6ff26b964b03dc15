import type { EngineAnswer } from '../engine/forward.ts';
import type { PartitionMeter } from './hot-partitions.ts';
import { type ItemAccess, partitionsOf } from './item-keys.ts';
import type { KeyNames } from './key-names.ts';
import { type Body, leaveUndone, type PartialBatch } from './partial-batch.ts';
import { type PartitionQuery, partitionIn } from './query-partition.ts';
import { canceled, hotPartition, hotStatement } from './strain-answers.ts';

/** What becomes of a request where partition keys are metered. */
export interface Metering {
  /** The answer where nothing of it may pass. */
  readonly refusal?: EngineAnswer;
  /** What of a batch may pass, where some may not. */
  readonly partial?: PartialBatch;
  /** Takes what was read, once the answer is there, by its bytes. */
  readonly charge?: (bytes: number) => void;
}

/** A request with the items that it names. */
export interface MeteredRequest {
  readonly operation: string;
  readonly body: Body;
  readonly accesses: readonly ItemAccess[];
}

/** Meters a request: entries of a batch one by one, everything else as a whole. */
export const meterRequest = (request: MeteredRequest, keys: KeyNames, meter: PartitionMeter): Metering => {
  const { operation, body, accesses } = request;
  if (operation === 'Query') return meterQuery(body, keys, meter);
  const factor = operation === 'TransactWriteItems' ? 2 : 1;
  const isHot = (access: ItemAccess) =>
    !partitionsOf(access, keys).every((partition) => meter.take(access.kind, partition, factor * unitsOf(access)));
  const hot = accesses.filter(isHot);
  const [first] = hot;
  if (first === undefined) return { charge: chargeReads(accesses, keys, meter) };
  if (operation === 'TransactWriteItems') {
    return {
      refusal: canceled(
        'ThrottlingError',
        hot.map((one) => accesses.indexOf(one)),
        accesses.length,
      ),
    };
  }
  const undone = hot.flatMap(({ entry }) => (entry ? [[entry, hotStatement] as const] : []));
  if (undone.length === 0 || (undone.length === accesses.length && operation !== 'BatchExecuteStatement')) {
    return { refusal: hotPartition(first.kind) };
  }
  const passing = accesses.filter((access) => !hot.includes(access));
  return { partial: leaveUndone(operation, body, new Map(undone)), charge: chargeReads(passing, keys, meter) };
};

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** The size of what is read is not known before, nor that of what is updated. */
const unitsOf = ({ kind, item }: ItemAccess): number => (kind === 'write' ? Math.ceil(bytesOf(item) / 1024) : 0.5);

const chargeReads = (accesses: readonly ItemAccess[], keys: KeyNames, meter: PartitionMeter) => (bytes: number) => {
  const read = accesses.filter(({ kind }) => kind === 'read').flatMap((access) => partitionsOf(access, keys));
  for (const partition of read) meter.charge('read', partition, readUnits(bytes) / read.length);
};

/** A read that is consistent in the end takes half a unit for 4 KB. */
const readUnits = (bytes: number): number => Math.floor(bytes / 4096) * 0.5;

const meterQuery = (body: Body, keys: KeyNames, meter: PartitionMeter): Metering => {
  const index = String(body.IndexName ?? '');
  const value = partitionIn(body as PartitionQuery, keys[String(body.TableName)]?.[index]?.partition);
  const partition = JSON.stringify([body.TableName, index, value]);
  if (!meter.take('read', partition, 0.5)) return { refusal: hotPartition('read') };
  return { charge: (bytes) => meter.charge('read', partition, readUnits(bytes)) };
};
