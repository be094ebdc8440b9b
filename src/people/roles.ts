/** The roles of PRODUCT and the scopes a role may have over a subject. */

/** `anyone` needs no login; `enterprise` is anybody logged in; the others come with a post on the staff roster. */
export const roles = ['anyone', 'enterprise', 'officer', 'leader', 'supervisor', 'clerk', 'admin'] as const
export type Role = (typeof roles)[number]

export const staffRoles = ['officer', 'leader', 'supervisor', 'clerk', 'admin'] as const
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
