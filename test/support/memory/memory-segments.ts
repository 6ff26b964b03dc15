import type { CustomField } from '#domain/custom-field.ts';
import { lastReservedFieldId, personalFields } from '#domain/personal-fields.ts';
import type { FieldStore, SegmentStore } from '#domain/ports.ts';
import { type Segment, segmentNameKey } from '#domain/segment.ts';
import { itemByItem, type Step } from './step.ts';

/** Segments in memory, by the key of their name. */
export const memorySegments = (segments: Map<string, Segment>, step: Step): SegmentStore => {
  const ensureOne = (name: string): Segment => {
    const existing = segments.get(segmentNameKey(name));
    if (existing) return existing;
    const segment: Segment = { id: segments.size + 1, name: name.trim(), type: 'Static' };
    segments.set(segmentNameKey(name), segment);
    return segment;
  };

  return {
    ensure: (names) => itemByItem(names, (name) => step(`ensureSegment ${segmentNameKey(name)}`), ensureOne),
    findByNames: async (names) => {
      await step('findSegmentsByNames');
      const keys = [...new Set(names.map(segmentNameKey))];
      return keys.map((key) => segments.get(key)).filter((segment) => segment !== undefined);
    },
    findByIds: async (ids) => {
      await step('findSegmentsByIds');
      const wanted = new Set(ids);
      return [...segments.values()].filter(({ id }) => wanted.has(id));
    },
  };
};

/** Custom fields in memory. */
export const memoryFields = (defined: CustomField[], step: Step): FieldStore => {
  const all = () => [...personalFields, ...defined];

  return {
    list: async () => {
      await step('listFields');
      return all();
    },
    create: async (field) => {
      await step(`createField ${field.key}`);
      if (all().some(({ group, key }) => group === field.group && key === field.key)) return undefined;
      const created = { ...field, id: lastReservedFieldId + defined.length + 1 };
      defined.push(created);
      return created;
    },
  };
};
