import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { segmentChoice } from '../../api/contacts.ts';

interface SegmentPickerProps {
  readonly label: string;
  readonly onPick: (segment: { id: number; name: string }) => void;
  /** Segments that are no choice. */
  readonly without?: readonly number[];
}

/** Chooses a segment, and forgets the choice at once: choosing is doing. */
export const SegmentPicker = ({ label, onPick, without = [] }: SegmentPickerProps) => {
  const { data = [] } = useQuery(segmentChoice);
  const choices = data.filter(({ id, type }) => type === 'Static' && !without.includes(id));
  return (
    <Select
      aria-label={label}
      placeholder={label}
      searchable
      data={choices.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={null}
      onChange={(value) => {
        const segment = choices.find(({ id }) => String(id) === value);
        if (segment) onPick(segment);
      }}
      w={180}
    />
  );
};
