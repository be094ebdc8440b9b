/** `sent` until every unit it goes to has acknowledged it. */
export const handoverStates = ['open', 'sent', 'acknowledged'] as const
export type HandoverState = (typeof handoverStates)[number]
