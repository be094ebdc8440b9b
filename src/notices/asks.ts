/**
 * WHEN THE MINI-PROGRAM ASKS FOR MESSAGES: one line a moment, with the templates one tap asks for.
 * WeChat allows the question only in a tap, and for few templates at once (DOMAIN 9.3: at most 3 is safe everywhere).
 */
import type { StaffRole } from '../people/roles.js'

export interface Ask {
  /** Who is asked; everybody who has logged in where none is named. */
  roles?: readonly StaffRole[]
  /** Keys of seeds/wechat/templates.json. */
  templates: readonly string[]
}

/**
 * Asked for on the form of a tip alone. What was tapped goes with the tip into the store of who informed: a grant of its
 * own would say who did.
 */
export const APART = 'matterProgress'

export const asks = {
  /** After submitting a case, and on its page. */
  caseSubmitted: { templates: ['caseSigned', 'caseSupply', 'caseAnswered'] },
  caseWaiting: { templates: ['caseSupply', 'caseExtended', 'caseAnswered'] },
  /** On the pages of visits. */
  visits: { templates: ['visitPlanned', 'visitRecorded'] },
  /** After asking to join a firm. */
  membership: { templates: ['membershipVerified'] },
  /** On the work list, by role. */
  officerWork: { roles: ['officer'], templates: ['caseAssigned', 'caseSupplied', 'caseUrged'] },
  officerDates: { roles: ['officer'], templates: ['caseDueSoon', 'rectificationAssigned'] },
  /** Of what a branch is to check on site. */
  officerLeads: { roles: ['officer'], templates: ['leadAssigned', 'leadDue'] },
  overdue: { roles: ['leader', 'supervisor'], templates: ['caseOverdue'] },
} as const satisfies Record<string, Ask>
