/** The review of the rejection register by the bureau (市局审查备案): its states and steps, as data. */
export const rejectionStates = ['registered', 'agreed', 'toCorrect', 'corrected'] as const
export type RejectionState = (typeof rejectionStates)[number]

/** A correction is looked at again. 任务分解表第4项：建立否决事项备案制度，加强监督问责; how, the bureau is still to confirm. */
const steps: Readonly<Record<string, readonly RejectionState[]>> = {
  'rejection.review': ['registered', 'corrected'],
  'rejection.correct': ['toCorrect'],
}

const sentences: Record<RejectionState, string> = {
  registered: '这件备案市局还没有审查',
  agreed: '这件备案市局已经审查同意',
  toCorrect: '这件备案已经要求纠正，等分局报结果',
  corrected: '这件备案分局已经报了纠正结果',
}

export const reviewObstacle = (state: RejectionState | null, verb: string): string | undefined =>
  steps[verb] === undefined || steps[verb].includes(state ?? 'registered')
    ? undefined
    : sentences[state ?? 'registered']
