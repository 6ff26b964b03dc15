/** A segment; the contract's word on the wire is `group`. Only static ones can be changed (contract 2.5). */
export interface Segment {
  readonly id: number;
  readonly name: string;
  readonly type: 'Static' | 'Dynamic' | 'Combined';
}

/** Segment names are the same without regard to case and outer white space. */
export const segmentNameKey = (name: string): string => name.trim().toLowerCase();
