/** The way as it leaves the server. */
import type { Output } from '../contract.js'
import type { Way } from './find.js'
import { questionsOf } from './questions.js'
import { type Answers, districtOf, type PathTables, type ProjectClass, titleOf } from './tables.js'

type WayView = Output<'path.find'>

const NOT_FOUND = '名录里没有找到'

export const classView = (one: ProjectClass) => ({
  code: one.code,
  title: titleOf(one),
  group: one.group,
  name: one.name,
})

/** The questions that were answered, and the words of the choices. */
export function answersView(
  tables: PathTables,
  answers: Answers,
  project: ProjectClass | undefined,
): WayView['answers'] {
  const said = (key: string): string[] => {
    if (key === 'classCode') return [project ? titleOf(project) : NOT_FOUND]
    if (key === 'districtCode') return [districtOf(answers.districtCode)?.name ?? answers.districtCode]
    const value = answers[key as 'sensitive' | 'line' | 'nature' | 'situations']
    const values = value === undefined ? [] : typeof value === 'string' ? [value] : value
    const choices = questionsOf(tables, answers.classCode).find((one) => one.key === key)?.choices ?? []
    return values.flatMap((one) => choices.find((choice) => choice.value === one)?.title ?? [])
  }
  return questionsOf(tables, answers.classCode).flatMap(({ key, title, kind }) => {
    const words = said(key)
    if (words.length === 0 && kind !== 'many') return []
    return [{ key, title, answer: words.join('；') || '都没有' }]
  })
}

interface Around {
  tables: PathTables
  answers: Answers
  today: string
  guides: WayView['guides']
  unit: WayView['contact']['unit']
}

export function wayView(way: Way, { tables, answers, today, guides, unit }: Around): WayView {
  const { project, authority, promise } = way
  const { title, effectiveFrom, source, confirmed } = tables.list
  const nameOf = (type: string) => tables.documents.documents.find((row) => row.document === type)?.name ?? ''
  return {
    today,
    project: project ? classView(project) : null,
    answers: answersView(tables, answers, project),
    documentType: way.documentType,
    documentName: way.documentName,
    formerName: way.formerName,
    reasons: way.reasons.map((one) => ({ text: one.text, quote: one.quote ?? null, source: one.source })),
    possible: way.possible.map(({ document, when }) => ({
      documentType: document,
      documentName: nameOf(document),
      when,
    })),
    authority: authority && {
      levels: authority.levels,
      text: authority.text,
      source: authority.source,
      isConfirmed: authority.confirmed,
    },
    materials: way.materials,
    promise,
    legal: way.legal,
    dueOn: promise?.dueOn ?? null,
    tracks: way.tracks.map(({ days = null, dueOn = null, ...track }) => ({ ...track, days, dueOn })),
    guideIds: guides.map(({ id }) => id),
    guides,
    unknowns: way.unknowns,
    contact: {
      unit,
      phones: tables.contact.phones.map((one) => ({ name: one.name, phone: one.phone, source: one.source })),
    },
    list: { title, effectiveFrom, source, isConfirmed: confirmed },
  }
}
