/** The stages of a project and the moves between them (前期 … 已批复), as data. */

interface StageRule {
  title: string
  /** 环评服务结束: whether care ends with it. */
  endsCare: boolean
  /** Where it goes on to, freely. */
  on: readonly string[]
  /** What can be taken back to, with a reason. */
  back: readonly string[]
}

const open = ['preparing', 'drafting', 'submitted', 'accepted', 'assessment', 'publicity'] as const
const aside = ['suspended', 'terminated'] as const

const table = {
  preparing: { title: '前期', endsCare: false, on: ['drafting', 'exempt', 'registration', ...aside], back: [] },
  drafting: {
    title: '编制中',
    endsCare: false,
    on: ['submitted', 'exempt', 'registration', ...aside],
    back: ['preparing'],
  },
  submitted: { title: '已报批', endsCare: false, on: ['accepted', ...aside], back: open.slice(0, 2) },
  // 即来即办、告知承诺: the decision may follow the acceptance at once
  accepted: {
    title: '已受理',
    endsCare: false,
    on: ['assessment', 'publicity', 'approved', ...aside],
    back: open.slice(0, 3),
  },
  assessment: { title: '评估', endsCare: false, on: ['publicity', 'approved', ...aside], back: open.slice(0, 4) },
  publicity: { title: '公示', endsCare: false, on: ['approved', ...aside], back: open.slice(0, 5) },
  approved: { title: '已批复', endsCare: true, on: [], back: open },
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

/** Every move that a stage allows. */
export const movesFrom = (from: Stage): { stage: Stage; title: string; needsReason: boolean }[] =>
  stages.flatMap((stage) => {
    const move = moveOf(from, stage)
    return move === undefined ? [] : [{ stage, title: stageTitle(stage), needsReason: move === 'back' }]
  })
