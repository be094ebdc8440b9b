/** A guide's life: which verb leads from which state to which. The state is that of the version being worked on. */
export const guideStates = ['draft', 'submitted', 'returned', 'filed', 'published', 'withdrawn'] as const
export type GuideState = (typeof guideStates)[number]
/** A version ends as `replaced` when a newer one is published over it, and as `discarded` when nobody wants the draft. */
export const versionStates = [...guideStates, 'replaced', 'discarded'] as const
export type VersionState = (typeof versionStates)[number]

/** A question that a case has answered, proposed for a guide. */
export const questionStates = ['proposed', 'taken', 'dismissed'] as const
export type QuestionState = (typeof questionStates)[number]

export interface Transition {
  from: readonly GuideState[]
  /** Absent where the state after it depends on more than the verb. */
  to?: GuideState
  /** Why not, to whoever tries it in another state. */
  otherwise: string
}

/** Versions whose text may still change; in every other state a change begins a new version. */
export const openStates: readonly VersionState[] = ['draft', 'returned']

/** 3月底前编制, 报省厅审核, 报市营商局备案, then published. */
export const transitions = {
  'guide.save': {
    from: ['draft', 'returned', 'filed', 'published', 'withdrawn'],
    to: 'draft',
    otherwise: '已报省厅审核，退回后才能修改',
  },
  /** Back to what the public reads. */
  'guide.discard': {
    from: ['draft', 'returned'],
    to: 'published',
    otherwise: '只有已发布的指南，正在编的新草稿才能放弃',
  },
  'guide.submit': { from: ['draft', 'returned'], to: 'submitted', otherwise: '只有草稿或退回的指南可以报审' },
  /** Passed, it stays submitted until it is filed. */
  'guide.review': { from: ['submitted'], otherwise: '这份指南不在审核中' },
  'guide.file': { from: ['submitted'], to: 'filed', otherwise: '省厅审核通过后才能登记备案' },
  'guide.publish': { from: ['filed'], to: 'published', otherwise: '登记备案号以后才能发布' },
} as const satisfies Record<string, Transition>

export type GuideMoveVerb = keyof typeof transitions | 'guide.withdraw'

interface Standing {
  state: GuideState
  isReviewed: boolean
  publishedVersionId: string | null
}

const table: Readonly<Record<string, Transition>> = transitions

/** Why the verb cannot be done now; undefined where it can, and for verbs that move nothing. */
export function obstacleTo(verb: string, { state, isReviewed, publishedVersionId }: Standing): string | undefined {
  if (verb === 'guide.withdraw') return publishedVersionId === null ? '这份指南没有对外发布' : undefined
  const transition = table[verb]
  if (!transition) return undefined
  const isReady = (verb !== 'guide.file' || isReviewed) && (verb !== 'guide.discard' || publishedVersionId !== null)
  return transition.from.includes(state) && isReady ? undefined : transition.otherwise
}
