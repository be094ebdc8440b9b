/** What a guide still lacks before it may go to the province or to the public: everything at once, each with its place. */
import type { FieldError } from '../problem.js'
import { GuideContent, GuideContentFields } from './content.js'
import type { DraftContent } from './guideVersion.js'
import { forceOf, type Laws } from './laws.js'

/** Stands in for what is not written yet, so that the rules judge all that is. */
const blank: GuideContent = {
  code: 'BLANK',
  title: '-',
  aliases: [],
  topic: '-',
  kind: '许可',
  level: 'city',
  authority: { name: '-', unit: '-' },
  summary: '-',
  basis: [],
  conditions: [],
  refusals: [],
  materials: [],
  steps: [],
  legal: { note: '-', source: '-' },
  promise: { isImmediate: false, confirmed: true },
  fee: { text: '-' },
  channels: [],
  result: { name: '-', delivery: '-' },
  validity: { text: '-' },
  faq: [],
  rejectionReasons: [],
  hotlines: [],
  noConnections: [],
  related: [],
  unconfirmed: [],
}

/** Lists that many a guide has nothing for: left out, they are empty. */
const emptyLists: DraftContent = {
  aliases: [],
  refusals: [],
  faq: [],
  rejectionReasons: [],
  related: [],
  unconfirmed: [],
}

/** The draft as it is handed in; itself where nothing was left out. */
export function withEmptyLists(draft: DraftContent): DraftContent {
  const isThere = Object.keys(emptyLists).every((field) => Object.hasOwn(draft, field))
  return isThere ? draft : { ...emptyLists, ...draft }
}

/** Paths start with `content`. Empty when the guide is whole and stands on law in force on that day. */
export function faultsOf(draft: DraftContent, laws: Laws, day: string): FieldError[] {
  const given = (field: PropertyKey | undefined) => field !== undefined && Object.hasOwn(draft, field)
  const missing = Object.keys(blank)
    .filter((field) => !given(field))
    .map((field) => ({ path: `content.${field}`, message: '还没有填写' }))
  const broken = (GuideContent.safeParse({ ...blank, ...draft }).error?.issues ?? [])
    .filter(({ path }) => given(path[0]))
    .map(({ path, message }) => ({ path: ['content', ...path.map(String)].join('.'), message }))
  return [...missing, ...broken, ...lawFaults(draft, laws, day)]
}

function lawFaults({ basis = [] }: DraftContent, laws: Laws, day: string): FieldError[] {
  return basis.flatMap(({ role, lawId }, index) => {
    const path = `content.basis.${index}.lawId`
    const law = laws.get(lawId)
    if (!law) return [{ path, message: `没有登记这部法律文本：${lawId}` }]
    const force = forceOf(law, day)
    if (role === 'former' || force === 'inForce') return []
    return [
      {
        path,
        message: force === 'repealed' ? `《${law.title}》已经废止，不能作现行依据` : `《${law.title}》还没有施行`,
      },
    ]
  })
}

/** Whether every field is there, whatever the rules still say about them. */
export const isWhole = (draft: DraftContent): draft is GuideContent => GuideContentFields.safeParse(draft).success
