/** What a notice can be about: the page to open is found by it. */
export const subjectKinds = [
  'case',
  'rectification',
  'application',
  'rejection',
  'visit',
  'project',
  'guide',
  'membership',
  'calendar',
  'meeting',
  'decision',
  'handover',
  'question',
  'lead',
  'tip',
  'reward',
  'payout',
  'reconciliation',
] as const
export type SubjectKind = (typeof subjectKinds)[number]
