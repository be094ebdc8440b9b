/** The fast tracks of a project in the ledger, as far as its class and document tell. */
import type { DocumentType, PathTables, ProjectClass, Situation } from './tables.js'
import { greenChannelOf, tracksOf } from './tracks.js'

interface LedgerLine {
  /** 《名录》大类、小类 as the ledger writes them. */
  classNames: readonly (string | null)[]
  document: DocumentType | null
  districtCode: string | null
  situations: readonly Situation[]
  today: string
}

interface OpenTrack {
  title: string
  reason: string
}

/** 「等级公路」 for 「等级公路（不含维护…）」: offices leave the brackets out. */
function classNamed({ list }: PathTables, names: LedgerLine['classNames']): ProjectClass | undefined {
  const found = list.classes.filter(({ name }) =>
    names.some((one) => one !== null && (one === name || one === name.replace(/（.*$/u, ''))),
  )
  return found.length === 1 ? found[0] : undefined
}

/** Those that are open to it for certain; the window can say more. */
export function certainTracks(tables: PathTables, line: LedgerLine): OpenTrack[] {
  const { classNames, document, districtCode, situations, today } = line
  if (document === null) return []
  const one = classNamed(tables, classNames)
  const answers = {
    classCode: one?.code ?? '',
    districtCode: districtCode ?? '',
    nature: 'new' as const,
    situations,
  }
  const judged = one
    ? tracksOf(tables, { one, line: undefined, document, answers, today })
    : [{ title: tables.tracks.greenChannel.title, ...greenChannelOf(tables, { document, answers, today }) }]
  return judged.flatMap(({ title, reason, applies }) => (applies === true ? [{ title, reason }] : []))
}
