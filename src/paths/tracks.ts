/** Each fast track, whether it is open to the project and why; null where only the window can say. */
import { addDays } from '../calendar/dates.js'
import type { Answers, ClassLine, DocumentType, Kind, PathTables, ProjectClass, TrackName } from './tables.js'

export interface Track {
  track: TrackName
  title: string
  applies: boolean | null
  reason: string
  source: string
  /** 绿色通道: at most so many calendar days, and the day on which they end when accepted today. */
  days?: number
  dueOn?: string
}

export interface Case {
  one: ProjectClass
  line: ClassLine | undefined
  document: DocumentType
  answers: Answers
  today: string
}

type Judged = Pick<Track, 'applies' | 'reason'> & Partial<Track>

const names: Record<DocumentType, string> = {
  report: '报告书',
  form: '报告表',
  registration: '登记表',
  none: '不用办环评',
}

/** Of which of these kinds the project is, by its class and, where the kind names them, its line. */
export function kindOf(kinds: readonly Kind[], { one, line }: Pick<Case, 'one' | 'line'>): string | undefined {
  return kinds.find(
    ({ classes, lines }) =>
      classes.includes(one.code) && (lines === undefined || (line !== undefined && lines.includes(line.id))),
  )?.name
}

export function tracksOf(tables: PathTables, project: Case): Track[] {
  const { tracks: table } = tables
  const track = (name: TrackName, judged: Judged): Track => ({
    track: name,
    title: table[name].title,
    source: table[name].source,
    ...judged,
  })
  const immediate = immediateOf(tables, project)
  return [
    track('immediate', immediate),
    track('citywide', citywideOf(tables, immediate)),
    track('bundle', bundleOf(tables, project)),
    track('parallel', parallelOf(tables, project)),
    track('greenChannel', greenChannelOf(tables, project)),
    track('decoupled', decoupledOf(tables, project)),
    track('assessedRegion', assessedRegionOf(tables, project)),
  ]
}

/** Nothing can be said of the tracks before the document is known. */
export const tracksUnknown = ({ tracks: table }: PathTables): Track[] =>
  (['immediate', 'citywide', 'bundle', 'parallel', 'greenChannel', 'decoupled', 'assessedRegion'] as const).map(
    (name) => ({
      track: name,
      title: table[name].title,
      applies: null,
      reason: '先定下做哪一种环评，才能看',
      source: table[name].source,
    }),
  )

/** Registrations and projects without any document need no faster way. */
function tooLight(document: DocumentType): Judged | undefined {
  if (document === 'registration') return { applies: false, reason: '登记表自己网上备案，马上出回执，用不着' }
  if (document === 'none') return { applies: false, reason: '不用办环评，用不着' }
  return undefined
}

const only = (documents: readonly DocumentType[], document: DocumentType): Judged | undefined =>
  tooLight(document) ??
  (documents.includes(document)
    ? undefined
    : { applies: false, reason: `只对${documents.map((one) => names[one]).join('、')}，您的是${names[document]}` })

function immediateOf({ tracks: { immediate, infrastructure } }: PathTables, project: Case): Judged {
  const { one, document } = project
  if (document === 'report') {
    return {
      applies: null,
      reason: '报告书一般不行；依法完成规划环评的园区里，符合主导产业的部分报告书可以，要窗口核对',
      source: immediate.otherSource,
    }
  }
  const unfit = only(immediate.documents, document)
  if (unfit) return unfit
  const kind = kindOf(infrastructure.kinds, project)
  if (kind) return { applies: true, reason: `${kind}：${immediate.infrastructureText}，要件齐全、签了承诺书，当场批` }
  const { groups } = immediate
  return groups.names.includes(one.group)
    ? { applies: null, reason: groups.text, source: groups.source }
    : { applies: null, reason: immediate.otherText, source: immediate.otherSource }
}

function citywideOf({ tracks: { citywide } }: PathTables, { applies, reason }: Judged): Judged {
  if (applies === true) return { applies, reason: citywide.text }
  return applies === null ? { applies, reason: `和“即来即办”用同一个目录：${citywide.text}` } : { applies, reason }
}

function bundleOf({ tracks: { bundle } }: PathTables, project: Case): Judged {
  const { document, answers } = project
  const unfit = only(bundle.documents, document)
  if (unfit) return unfit
  const kind = kindOf(bundle.kinds, project)
  const several = answers.situations.includes(bundle.situation)
  if (kind && several) return { applies: true, reason: `${kind}，都做报告表，同一个区县、同一类型，可以一起报、一起批` }
  if (kind) return { applies: false, reason: `${kind}可以打捆，但要同一个区县里有几个同类项目；您没有选这一条` }
  if (several) return { applies: null, reason: bundle.otherText }
  return {
    applies: false,
    reason: `打捆先做${bundle.kinds.map(({ name }) => name).join('、')}，而且要几个同类项目一起`,
  }
}

function parallelOf({ tracks: { parallel } }: PathTables, { document, answers }: Case): Judged {
  const unfit = only(parallel.documents, document)
  if (unfit) return unfit
  return answers.situations.includes(parallel.situation)
    ? { applies: true, reason: `几个部门的许可一起办，合起来不超过${parallel.legalWorkdays}个工作日；怎么并，先问窗口` }
    : { applies: false, reason: '您没有选要别的部门一起批' }
}

/** Of every report and form, whatever its class. */
export function greenChannelOf(
  { tracks: { greenChannel }, documents }: PathTables,
  { document, answers, today }: Omit<Case, 'one' | 'line'>,
): Judged {
  const unfit = only(greenChannel.documents, document)
  if (unfit) return unfit
  const legal = documents.documents.find((row) => row.document === document)?.legal
  const listed = greenChannel.listed.situations.some((one) => answers.situations.includes(one))
  const {
    share: [part, whole],
    text,
  } = listed ? greenChannel.listed : greenChannel.general
  if (!legal) return { applies: null, reason: text }
  const days = Math.floor((legal.value * part) / whole)
  return { applies: true, reason: `${text}：最多${days}日`, days, dueOn: addDays(today, days) }
}

function decoupledOf({ tracks: { decoupled, infrastructure } }: PathTables, project: Case): Judged {
  const unfit = only(decoupled.documents, project.document)
  if (unfit) return unfit
  const kind = kindOf(infrastructure.kinds, project)
  const kinds = infrastructure.kinds.map(({ name }) => name).join('、')
  return kind
    ? { applies: true, reason: `${kind}：${decoupled.text}` }
    : { applies: false, reason: `只对${kinds}，您的项目要落实总量指标` }
}

function assessedRegionOf({ tracks: { assessedRegion } }: PathTables, { document, answers }: Case): Judged {
  const unfit = only(assessedRegion.documents, document)
  if (unfit) return unfit
  return answers.situations.includes(assessedRegion.situation)
    ? { applies: true, reason: `${assessedRegion.text}。${assessedRegion.doubt}` }
    : { applies: false, reason: '您没有选在做过区域评估的片区里' }
}
