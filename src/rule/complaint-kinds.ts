import type {ComplaintKind} from '../unit/read/complaint.ts'

const kindsThatAre: Readonly<Record<ComplaintKind, true>> = {
  'junk-line': true,
  unreadable: true,
  'unknown-section': true,
  'unknown-directive': true,
  'unsupported-directive': true,
  'removed-directive': true,
  'deprecated-directive': true,
  'deprecated-value': true,
  'empty-value': true,
  'invalid-value': true,
  'unknown-specifier': true,
  repeated: true,
}

/** All kinds of complaints. */
// The keys of a record whose type lists all of them.
export const complaintKinds = Object.keys(kindsThatAre) as readonly ComplaintKind[]
