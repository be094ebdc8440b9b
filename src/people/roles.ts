/** The roles of PRODUCT and the scopes a role may have over a subject. */

/** `anyone` needs no login; `enterprise` is anybody logged in; the others come with a post on the staff roster. */
export const staffRoles = [
  'officer',
  'leader',
  'supervisor',
  'clerk',
  'admin',
  /** 举报承办人: handles tips, and never learns who informed */
  'enforcer',
  /** 奖励经办人: the only one who may look at who informed */
  'rewardHandler',
  /** 奖励审批人 */
  'rewardApprover',
] as const
export const roles = ['anyone', 'enterprise', ...staffRoles] as const
export type Role = (typeof roles)[number]
export type StaffRole = (typeof staffRoles)[number]

/** How far a role's power over a subject reaches; each domain says what a scope means for its rows. */
export type Scope =
  /** every row, and verbs that have no row */
  | 'all'
  /** what the person made */
  | 'own'
  /** what belongs to an enterprise of which the person is a verified member */
  | 'enterprise'
  /** what is assigned to the post */
  | 'assigned'
  /** what is assigned to somebody whose stand-in the post is today */
  | 'standIn'
  /** what the post's unit is responsible for */
  | 'unit'
  /** a leader's branch: the unit, under a leader's name */
  | 'branch'
  /** what the post's unit was asked to assist with */
  | 'assisting'
  /** what the post's unit has handed on to another */
  | 'handedOn'
  /** what is open to the public (published, announced) */
  | 'public'
