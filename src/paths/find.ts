/** The way of a project: document, authority, materials, times from today, and each fast track, all from the tables. */
import { addDays } from '../calendar/dates.js'
import type { Calendar, SkippedDay } from '../calendar/workdays.js'
import { authorityOf } from './authority.js'
import { type Classified, classify, type Reason } from './classify.js'
import {
  type Answers,
  type AuthorityRow,
  classOf,
  districtOf,
  type DocumentRow,
  type DocumentType,
  type PathTables,
  type ProjectClass,
} from './tables.js'
import { type Track, tracksOf, tracksUnknown } from './tracks.js'

export interface Way {
  project: ProjectClass | undefined
  documentType: DocumentType | null
  documentName: string | null
  formerName: string | null
  reasons: Reason[]
  possible: Classified['possible']
  authority: AuthorityRow | null
  materials: { items: string[]; source: string; note: string } | null
  promise: Promised | null
  legal: (NonNullable<DocumentRow['legal']> & { dueOn: string }) | null
  tracks: Track[]
  guideCodes: string[]
  unknowns: string[]
  /** The branch of the project's place. */
  unitId: string
}

interface Promised {
  workdays: number
  isImmediate: boolean
  dueOn: string
  isProvisional: boolean
  skipped: SkippedDay[]
  source: string
  note: string
}

const NOT_LISTED =
  '名录里没有对上您的行业。要不要办环评、办哪一种，我们不猜：请问所在地的分局，或者提一个求助，专员书面答复您。'

/** `today` is the day of acceptance, `2026-11-25`. */
export function find(answers: Answers, tables: PathTables, today: string, calendar: Calendar): Way {
  const unitId = districtOf(answers.districtCode)?.unitId ?? ''
  const one = classOf(tables, answers.classCode)
  if (!one) return { ...nothingKnown(tables), unknowns: [NOT_LISTED], unitId }
  const found = classify(tables, one, answers)
  const reasons = [...found.reasons, ...natureReasons(tables, answers)]
  const { document } = found
  if (document === null) {
    const { possible } = found
    const unknowns = [...found.unknowns, ...natureUnknowns(answers)]
    return { ...nothingKnown(tables), project: one, possible, reasons, unknowns, unitId }
  }
  const row = rowOf(tables, document)
  const tracks = tracksOf(tables, { one, line: found.line, document, answers, today })
  const isImmediate = tracks.some(({ track, applies }) => track === 'immediate' && applies === true)
  const mayBeImmediate = tracks.some(({ track, applies }) => track === 'immediate' && applies === null)
  const authority = authorityOf(tables, { document, classCode: one.code, today }) ?? null
  return {
    project: one,
    documentType: document,
    documentName: row.name,
    formerName: row.formerName,
    reasons,
    possible: [],
    authority,
    materials: materialsOf(tables, row, isImmediate),
    promise: promiseOf(tables, row, { isImmediate, today, calendar }),
    legal: row.legal && { ...row.legal, dueOn: addDays(today, row.legal.value) },
    tracks,
    guideCodes: [
      ...(answers.nature === 'altered' && document !== 'none' ? [tables.documents.resubmit.guideCode] : []),
      ...(isImmediate ? [tables.documents.immediate.guideCode] : []),
      row.guideCode,
      ...(mayBeImmediate && document === 'form' ? [tables.documents.immediate.guideCode] : []),
    ],
    unknowns: [
      ...(authority?.exception ? [authority.exception] : []),
      ...(authority === null && document !== 'none' ? ['由哪一级批，没有查到，请问窗口。'] : []),
      ...natureUnknowns(answers),
      tables.list.doubt,
    ],
    unitId,
  }
}

const nothingKnown = (tables: PathTables): Omit<Way, 'unknowns' | 'unitId'> => ({
  project: undefined,
  documentType: null,
  documentName: null,
  formerName: null,
  reasons: [],
  possible: [],
  authority: null,
  materials: null,
  promise: null,
  legal: null,
  tracks: tracksUnknown(tables),
  guideCodes: [],
})

function rowOf({ documents }: PathTables, document: DocumentType): DocumentRow {
  const row = documents.documents.find((one) => one.document === document)
  if (!row) throw new RangeError(`No row for ${document}`)
  return row
}

/** 即来即办: the two documents, and a commitment. */
function materialsOf({ documents }: PathTables, row: DocumentRow, isImmediate: boolean): Way['materials'] {
  const items = row.materials.map(({ name }) => name)
  return {
    items,
    source: row.materialsSource,
    note: isImmediate
      ? `走“即来即办”的，另签一份${documents.immediate.material.name}。${row.materialsNote}`
      : row.materialsNote,
  }
}

interface Counting {
  isImmediate: boolean
  today: string
  calendar: Calendar
}

function promiseOf({ documents }: PathTables, row: DocumentRow, { isImmediate, today, calendar }: Counting) {
  if (!row.promise) return null
  const { workdays, source, note } = isImmediate ? documents.immediate : row.promise
  const { date, isProvisional, skipped } = calendar.addWorkdays(today, workdays)
  return { workdays, isImmediate, dueOn: date, isProvisional, skipped, source, note }
}

function natureReasons({ list: { rules } }: PathTables, { nature }: Answers): Reason[] {
  if (nature === 'change') return [rules.addedScale]
  return nature === 'minor' ? [rules.minorChange] : []
}

function natureUnknowns({ nature }: Answers): string[] {
  return nature === 'altered'
    ? ['是不是重大变动，由原来批的部门认定。是的，重新报批，还归它批；不是的，不用重新报批。']
    : []
}
