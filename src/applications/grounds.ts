/** WHY AN APPLICATION MAY BE REFUSED: each ground with the states it fits and the rule it comes from. */
import type { ApplicationState } from './states.js'

interface Ground {
  from: readonly ApplicationState[]
  source: string
  /** Whether the rule says so in these words; otherwise the bureau is still to confirm it. */
  confirmed: boolean
}

export const grounds = {
  notNeeded: {
    from: ['received', 'supplementing'],
    source: '行政许可法第三十二条第一款第一项：依法不需要取得行政许可的，即时告知不受理',
    confirmed: true,
  },
  notOurs: {
    from: ['received', 'supplementing'],
    source: '行政许可法第三十二条第一款第二项：不属于本行政机关职权范围的，即时作出不予受理的决定',
    confirmed: true,
  },
  notSupplemented: {
    from: ['supplementing'],
    source: '一次性告知后没有按要求补齐：法律没有直接规定，以市局公布为准',
    confirmed: false,
  },
  conditionsUnmet: {
    from: ['accepted'],
    source: '行政许可法第三十八条：不予行政许可的，应当说明理由，并告知申请行政复议或者提起行政诉讼的权利',
    confirmed: true,
  },
} as const satisfies Record<string, Ground>

export type GroundName = keyof typeof grounds
export const groundNames = Object.keys(grounds) as [GroundName, ...GroundName[]]

export const groundsFor = (state: ApplicationState): GroundName[] =>
  groundNames.filter((name) => (grounds[name] as Ground).from.includes(state))
