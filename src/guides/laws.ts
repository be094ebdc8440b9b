/** Legal texts with their dates of force: what a basis is called, and whether it holds on a given day. */
import { addDays } from '../calendar/dates.js'
import type { GuideBasis, LawText } from './content.js'

export type Laws = ReadonlyMap<string, LawText>

export type Force = 'inForce' | 'notYet' | 'repealed'

export function forceOf(law: LawText, day: string): Force {
  if (day < law.effectiveFrom) return 'notYet'
  return law.effectiveTo !== undefined && law.effectiveTo < day ? 'repealed' : 'inForce'
}

/** The days on which some text begins or has ceased to hold, in order: between two of them nothing changes. */
export function turningDays(laws: Laws): string[] {
  const days = [...laws.values()].flatMap(({ effectiveFrom, effectiveTo }) =>
    effectiveTo === undefined ? [effectiveFrom] : [effectiveFrom, addDays(effectiveTo, 1)],
  )
  return [...new Set(days)].sort()
}

/** How a basis is shown on a day: a repealed text is `former` whatever the guide called it, and one to come `upcoming`. */
export function basisOn(basis: readonly GuideBasis[], laws: Laws, day: string) {
  return basis.map(({ role, lawId, article, quote, note }) => {
    const law = laws.get(lawId)
    const force = law ? forceOf(law, day) : 'repealed'
    const next = force === 'repealed' && law?.replacedBy !== undefined ? laws.get(law.replacedBy) : undefined
    return {
      // Before its repeal a text kept as `former` is what the decision stands on.
      role: force === 'repealed' ? ('former' as const) : force === 'notYet' ? ('upcoming' as const) : standing[role],
      isInForce: force === 'inForce',
      law: {
        id: lawId,
        title: law?.title ?? lawId,
        documentNumber: law?.documentNumber ?? null,
        effectiveFrom: law?.effectiveFrom ?? null,
        effectiveTo: law?.effectiveTo ?? null,
        isConfirmed: law?.confirmed ?? false,
      },
      replacedBy: next ? { id: next.id, title: next.title, effectiveFrom: next.effectiveFrom } : null,
      article,
      quote: quote ?? null,
      note: note ?? null,
    }
  })
}

const standing = { primary: 'primary', supporting: 'supporting', former: 'primary' } as const
