/** What was found wrong after a scenario, each fault in words. */
export interface Verdict {
  /** Acknowledged, and not there or less than acknowledged. */
  lost: string[]
  /** There twice. */
  doubled: string[]
  /** Without what belongs to it. */
  halfDone: string[]
  /** What the verification of the trail finds. */
  trail: string[]
  /** Whatever else should not have happened. */
  other: string[]
}

export const faultless = (): Verdict => ({ lost: [], doubled: [], halfDone: [], trail: [], other: [] })

export function unite(...verdicts: readonly Verdict[]): Verdict {
  const of = (column: keyof Verdict) => [...new Set(verdicts.flatMap((verdict) => verdict[column]))]
  return { lost: of('lost'), doubled: of('doubled'), halfDone: of('halfDone'), trail: of('trail'), other: of('other') }
}

export const isFaultless = (verdict: Verdict): boolean => Object.values(verdict).every((faults) => faults.length === 0)
