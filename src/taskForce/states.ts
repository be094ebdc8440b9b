/** The closed lists of the task force's rows. */

export const teamLevels = ['city', 'branch'] as const
export type TeamLevel = (typeof teamLevels)[number]

export const teamDuties = ['head', 'deputy', 'member'] as const
export type TeamDuty = (typeof teamDuties)[number]

export const meetingStates = ['planned', 'held', 'cancelled'] as const
export type MeetingState = (typeof meetingStates)[number]

export const issueWays = ['ledger', 'case'] as const
export type IssueWay = (typeof issueWays)[number]

/** `reported` is said to be done; whoever keeps the meeting closes it or sends it back. */
export const decisionStates = ['open', 'reported', 'closed'] as const
export type DecisionState = (typeof decisionStates)[number]

export const wordKinds = ['progress', 'done', 'sentBack', 'closed'] as const
export type WordKind = (typeof wordKinds)[number]
