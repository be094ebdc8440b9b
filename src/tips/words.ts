/** The closed lists of tips (举报), as they cross the wire. */

export const tipStates = ['received', 'accepted', 'refused', 'transferred', 'verified', 'concluded'] as const
export type TipState = (typeof tipStates)[number]

/** What kind of violation somebody says they saw. */
export const violations = [
  'air',
  'water',
  'waste',
  'noise',
  'soil',
  'radiation',
  'permit',
  'monitoring',
  'construction',
  'other',
] as const
export type Violation = (typeof violations)[number]

/** What was found: 属实, 部分属实, 不属实, 无法查证. */
export const findings = ['true', 'partly', 'false', 'unclear'] as const
export type Finding = (typeof findings)[number]

/** What the bureau did about it: 行政处罚, 责令改正, 移送公安, 移送其他部门, 不予处理. */
export const decisions = ['penalty', 'correction', 'police', 'referral', 'none'] as const
export type Decision = (typeof decisions)[number]
