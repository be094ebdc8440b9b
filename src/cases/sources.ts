/** Where a case comes from: asked by an enterprise, left unsolved at a visit, or raised at a task force's meeting. */
export const caseSources = ['help', 'visit', 'meeting'] as const
export type CaseSource = (typeof caseSources)[number]
