/** `sent` until every unit it goes to has acknowledged it. */
export const handoverStates = ['open', 'sent', 'acknowledged'] as const
export type HandoverState = (typeof handoverStates)[number]

/** 市执法队: every list goes to it; a branch has its own lines. */
export const ENFORCEMENT = 'enforcement'
