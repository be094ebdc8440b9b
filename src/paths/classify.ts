/** Which document a project needs by the classification list, and why; what cannot be said is left open, never guessed. */
import { highest, openLines, rankOf, settledByArea, UNSURE } from './lines.js'
import type { Answers, ClassLine, DocumentType, PathTables, ProjectClass } from './tables.js'

export interface Reason {
  text: string
  quote?: string
  source: string
}

export interface Classified {
  document: DocumentType | null
  /** The line that decided, or was chosen. */
  line: ClassLine | undefined
  /** Where it is left open: what it may be, and when. */
  possible: { document: DocumentType; when: string }[]
  reasons: Reason[]
  unknowns: string[]
}

const columnNames: Record<DocumentType, string> = {
  report: '报告书一栏',
  form: '报告表一栏',
  registration: '登记表一栏',
  none: '三栏以外',
}

const UNSURE_AREA = '项目在不在环境敏感区还说不准。可以提一个“三线一单查询”的求助，专员帮您查。'

export function classify(tables: PathTables, one: ProjectClass, answers: Answers): Classified {
  const { sensitive } = answers
  const byArea = settledByArea(one, sensitive)
  if (byArea) return settled(tables, one, byArea, byArea)
  const open = openLines(one, sensitive)
  const chosen = open.length === 1 ? open[0] : open.find(({ id }) => id === answers.line)
  if (!chosen || answers.line === UNSURE) return undecided(open)
  if (chosen.document === null) {
    return {
      ...undecided([]),
      line: chosen,
      unknowns: [`“${chosen.text}”要不要办环评，名录没有写得很清楚，要问过才知道。`],
    }
  }
  if (sensitive === 'unsure') {
    const more = one.lines.filter((line) => line.sensitive === 'yes' && rankOf(line) > rankOf(chosen))
    if (chosen.sensitive !== undefined || more.length > 0) return openByArea(chosen, more)
  }
  const trigger = sensitive === 'yes' ? one.lines.filter(({ isTrigger }) => isTrigger) : []
  return settled(tables, one, highest([chosen, ...trigger]) ?? chosen, chosen)
}

function settled(tables: PathTables, one: ProjectClass, deciding: ClassLine, chosen: ClassLine): Classified {
  return {
    document: deciding.document,
    line: chosen,
    possible: [],
    reasons: reasonsOf(tables, one, deciding),
    unknowns: [],
  }
}

function reasonsOf({ list }: PathTables, one: ProjectClass, { id, document, text }: ClassLine): Reason[] {
  const source = `分类管理名录（2021年版）第${one.code}项`
  if (document === 'none') {
    const why = id === 'shop' ? list.rules.indoors : list.rules.unlisted
    return [{ text: `您选的是“${text}”，不在名录的报告书、报告表、登记表三栏里`, source }, why]
  }
  const column = document ? columnNames[document] : ''
  return [{ text: `名录第${one.code}项，${column}写着“${text}”`, source }]
}

/** Somebody who does not know which line: all that it may be. */
function undecided(open: readonly ClassLine[]): Classified {
  const possible = (['report', 'form', 'registration', 'none'] as const).flatMap((document) => {
    const texts = open.filter((line) => line.document === document).map(({ text }) => text)
    return texts.length > 0 ? [{ document, when: texts.join('；') }] : []
  })
  const unknowns = open.length > 0 ? ['规模、工艺还没有定下来，做哪一种环评要看属于哪一条。'] : []
  return { document: null, line: undefined, possible, reasons: [], unknowns }
}

function openByArea(chosen: ClassLine, more: readonly ClassLine[]): Classified {
  const inside = highest([...more, ...(chosen.sensitive === 'yes' ? [chosen] : [])])
  const possible: Classified['possible'] = []
  if (inside?.document) possible.push({ document: inside.document, when: `涉及环境敏感区：${inside.text}` })
  if (chosen.sensitive !== 'yes' && chosen.document) {
    possible.push({ document: chosen.document, when: `不涉及环境敏感区：${chosen.text}` })
  }
  return { document: null, line: chosen, possible, reasons: [], unknowns: [UNSURE_AREA] }
}
