/** What the materials, a refusal that waits and the day forbid, besides the state (states.ts): one line a step. */
import type { Application } from './application.js'
import { type ApplicationStep, stateObstacle } from './states.js'

export interface Material {
  name: string
  isPresent: boolean
  /** 容缺: may be handed in after acceptance. */
  canFollowLater: boolean
  /** What is wrong with it, or where it is. */
  note: string | null
  /** The day it was handed in; null while it is missing. */
  cameOn: string | null
}

type Facts = Pick<Application, 'state' | 'materials' | 'pendingRefusal'>

const namesOf = (materials: readonly Material[]) => materials.map(({ name }) => name)
/** What keeps it from being accepted. */
export const missingOf = (materials: readonly Material[]): string[] =>
  namesOf(materials.filter(({ isPresent, canFollowLater }) => !isPresent && !canFollowLater))
/** What is still to come before it can be approved. */
const outstandingOf = (materials: readonly Material[]) => namesOf(materials.filter(({ isPresent }) => !isPresent))
/** 要件齐全. */
export const isComplete = (materials: readonly Material[]): boolean => missingOf(materials).length === 0

const isBeforeAcceptance = ({ state }: Facts) => state === 'received' || state === 'supplementing'
/** 要件齐全无条件接件 (任务分解表第4项). */
const mustAccept = (row: Facts, what: string) =>
  isBeforeAcceptance(row) && isComplete(row.materials) ? `要件已经齐全，应当无条件受理，不能${what}` : undefined
const whilePending = ({ pendingRefusal }: Facts) => (pendingRefusal ? '已经提出否决，等另一人决定' : undefined)
const unlessPending = ({ pendingRefusal }: Facts) => (pendingRefusal ? undefined : '没有等待同意的否决')

const rules: Partial<Record<ApplicationStep, (row: Facts) => string | undefined>> = {
  'application.notify': (row) => mustAccept(row, '再要求补正') ?? whilePending(row),
  'application.supplement': ({ materials }) =>
    outstandingOf(materials).length === 0 ? '材料已经齐全，没有要补的' : undefined,
  'application.accept': ({ materials }) =>
    isComplete(materials) ? undefined : `还缺${missingOf(materials).join('、')}，齐全后才能受理`,
  'application.decide': (row) =>
    whilePending(row) ??
    (outstandingOf(row.materials).length === 0
      ? undefined
      : `还缺${outstandingOf(row.materials).join('、')}，补齐后才能批准`),
  'application.refuse': (row) => mustAccept(row, '不予受理') ?? whilePending(row),
  'application.agreeRefusal': (row) => unlessPending(row) ?? mustAccept(row, '不予受理'),
  'application.returnRefusal': unlessPending,
}

/** Why a step cannot be done with an application as it is, in a sentence; undefined where it can. */
export const obstacleOf = (row: Facts, step: ApplicationStep): string | undefined =>
  stateObstacle(row.state, step) ?? rules[step]?.(row)

/** What is too late once the law itself has accepted it. */
const overtaken: readonly ApplicationStep[] = [
  'application.notify',
  'application.refuse',
  'application.agreeRefusal',
  'application.accept',
]

/** 逾期不告知的，自收到申请材料之日起即为受理: nobody can undo it between midnight and the job that writes it down. */
export const isDeemed = ({ state, noticeDueOn }: Pick<Application, 'state' | 'noticeDueOn'>, today: string): boolean =>
  state === 'received' && noticeDueOn < today

export const dayObstacle = (
  row: Pick<Application, 'state' | 'noticeDueOn'>,
  step: ApplicationStep,
  today: string,
): string | undefined =>
  isDeemed(row, today) && overtaken.includes(step)
    ? '超过期限没有告知，依法自收到材料之日起已经受理，正在登记'
    : undefined
