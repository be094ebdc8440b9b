/** The stages of a project, the moves between them (前期 … 已批复、不予批准), and the line they are drawn on, as data. */
import type { DocumentType } from './words.js'

interface StageRule {
  title: string
  /** 环评服务结束: whether care ends with it. */
  endsCare: boolean
  /** Where it goes on to, freely. */
  on: readonly string[]
  /** What can be taken back to, with a reason. */
  back: readonly string[]
}

const open = [
  'preparing',
  'drafting',
  'submitted',
  'supplement',
  'accepted',
  'disclosure',
  'assessment',
  'review',
  'publicity',
  'hearing',
] as const
const aside = ['suspended', 'terminated'] as const
const decisions = ['approved', 'refused'] as const

const table = {
  preparing: { title: '前期', endsCare: false, on: ['drafting', 'exempt', 'registration', ...aside], back: [] },
  drafting: {
    title: '编制中',
    endsCare: false,
    on: ['submitted', 'exempt', 'registration', ...aside],
    back: ['preparing'],
  },
  submitted: { title: '已报批', endsCare: false, on: ['supplement', 'accepted', ...aside], back: open.slice(0, 2) },
  // 一次告知补正; what is handed in again is looked at again
  supplement: { title: '补正', endsCare: false, on: ['submitted', 'accepted', ...aside], back: open.slice(0, 2) },
  // 即来即办、告知承诺: the decision may follow the acceptance at once
  accepted: {
    title: '已受理',
    endsCare: false,
    on: [...open.slice(5), ...decisions, ...aside],
    back: open.slice(0, 4),
  },
  disclosure: {
    title: '受理公示',
    endsCare: false,
    on: [...open.slice(6), ...decisions, ...aside],
    back: open.slice(0, 5),
  },
  assessment: {
    title: '评估',
    endsCare: false,
    on: [...open.slice(7), ...decisions, ...aside],
    back: open.slice(0, 6),
  },
  review: { title: '审查', endsCare: false, on: [...open.slice(8), ...decisions, ...aside], back: open.slice(0, 7) },
  publicity: { title: '公示', endsCare: false, on: ['hearing', ...decisions, ...aside], back: open.slice(0, 8) },
  // heard, it goes back to the review without a reason
  hearing: {
    title: '听证',
    endsCare: false,
    on: ['review', 'publicity', ...decisions, ...aside],
    back: open.slice(0, 7),
  },
  approved: { title: '已批复', endsCare: true, on: [], back: open },
  // the firm needs us all the more
  refused: {
    title: '不予批准',
    endsCare: false,
    on: ['preparing', 'drafting', 'submitted', 'terminated'],
    back: open.slice(3),
  },
  exempt: { title: '无需环评', endsCare: true, on: [], back: ['preparing', 'drafting'] },
  registration: { title: '登记表', endsCare: true, on: [], back: ['preparing', 'drafting'] },
  // taken up again where it stood
  suspended: { title: '暂缓', endsCare: false, on: [...open, 'terminated'], back: [] },
  terminated: { title: '终止', endsCare: true, on: [], back: [...open, 'suspended'] },
} as const satisfies Record<string, StageRule>

export type Stage = keyof typeof table
export const stages = Object.keys(table) as [Stage, ...Stage[]]
const rules: Readonly<Record<Stage, StageRule>> = table

export const stageTitle = (stage: Stage): string => rules[stage].title
export const endsCare = (stage: Stage): boolean => rules[stage].endsCare

/** Whether a project may go there: on, or back with a reason; undefined where it may not. */
export function moveOf(from: Stage, to: Stage): 'on' | 'back' | undefined {
  if (rules[from].on.includes(to)) return 'on'
  return rules[from].back.includes(to) ? 'back' : undefined
}

/** What is gone back to, put off or given up (暂缓、终止) says why. */
export const needsReason = (to: Stage, move: 'on' | 'back'): boolean => move === 'back' || isAside(to)

/** Every move that a stage allows. */
export const movesFrom = (from: Stage): { stage: Stage; title: string; needsReason: boolean }[] =>
  stages.flatMap((stage) => {
    const move = moveOf(from, stage)
    return move === undefined ? [] : [{ stage, title: stageTitle(stage), needsReason: needsReason(stage, move) }]
  })

const isAside = (stage: Stage): boolean => (aside as readonly Stage[]).includes(stage)
/** Neither put aside nor at an end. */
export const isOpen = (stage: Stage): boolean => (open as readonly Stage[]).includes(stage)

/** How the firm is told: 您的项目进入“公示”. */
export const arrival = (stage: Stage, isBack: boolean): string =>
  `您的项目${isOpen(stage) ? (isBack ? '退回' : '进入') : '现在是'}“${stageTitle(stage)}”`

const throughApproval: readonly Stage[] = [
  'preparing',
  'drafting',
  'submitted',
  'accepted',
  'assessment',
  'review',
  'publicity',
  'approved',
]

/** The usual way by document type; a report's until it has been judged. */
const usualWays: Readonly<Record<DocumentType, readonly Stage[]>> = {
  report: throughApproval,
  form: throughApproval,
  registration: ['preparing', 'drafting', 'registration'],
  none: ['preparing', 'exempt'],
}

interface Step {
  stage: Stage
  stageOn: string
}
export interface LinePoint {
  stage: Stage
  title: string
  state: 'done' | 'now' | 'ahead'
  /** Null where nobody wrote it down, and ahead. */
  on: string | null
}

/** The line of a project's page: what it went through as it stands now, where it is, and what usually follows. */
export function stageLine(steps: readonly Step[], documentType: DocumentType | null): LinePoint[] {
  const usual = usualWays[documentType ?? 'report']
  const walked = steps.reduce<Step[]>((way, step) => {
    const kept = way.filter(({ stage }) => !isAside(stage) && (isAside(step.stage) || isBefore(stage, step.stage)))
    return [...kept, step]
  }, [])
  const first = walked[0]?.stage
  const last = walked.at(-1)?.stage
  const reached = walked.findLast(({ stage }) => !isAside(stage))?.stage
  const point = (stage: Stage, state: LinePoint['state'], on: string | null) => ({
    stage,
    title: stageTitle(stage),
    state,
    on,
  })
  const earlier = usual.filter((stage) => first !== undefined && !isAside(first) && isBefore(stage, first))
  const later = usual.filter((stage) => reached === undefined || isBefore(reached, stage))
  return [
    ...earlier.map((stage) => point(stage, 'done', null)),
    ...walked.map(({ stage, stageOn }, at) => point(stage, at === walked.length - 1 ? 'now' : 'done', stageOn)),
    ...(last !== undefined && endsCare(last) ? [] : later.map((stage) => point(stage, 'ahead', null))),
  ]
}

/** In the order of the table above. */
const isBefore = (a: Stage, b: Stage): boolean => stages.indexOf(a) < stages.indexOf(b)
