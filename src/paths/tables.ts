/** The way finder's tables (`seeds/way/`), so that an official can check and change a rule without touching code. */
import { z } from 'zod'
import { districts } from '../districts.js'

export const documentTypes = ['report', 'form', 'registration', 'none'] as const
export const sensitivities = ['yes', 'no', 'unsure'] as const
export const pathNatures = ['new', 'change', 'minor', 'altered'] as const
export const situations = [
  'major',
  'windSolarBase',
  'energySaving',
  'several',
  'assessedRegion',
  'otherPermits',
] as const
export const tracks = [
  'immediate',
  'citywide',
  'bundle',
  'parallel',
  'greenChannel',
  'decoupled',
  'assessedRegion',
] as const
export const questionKeys = ['classCode', 'sensitive', 'line', 'districtCode', 'nature', 'situations'] as const
export const approvalLevels = ['ministry', 'province', 'city', 'district'] as const

export type DocumentType = (typeof documentTypes)[number]
export type Sensitivity = (typeof sensitivities)[number]
export type Situation = (typeof situations)[number]
export type TrackName = (typeof tracks)[number]
export type QuestionKey = (typeof questionKeys)[number]

const text = z.string().trim().min(1)
const code = z.string().regex(/^\d{1,3}$/)
const day = z.iso.date()
const situation = z.enum(situations)
const document = z.enum(documentTypes)
const force = { effectiveFrom: day, effectiveTo: day.nullable() }

const ruleOfList = z.strictObject({ text, quote: text, source: text })

const classLine = z.strictObject({
  id: z.string().regex(/^[a-z]{1,4}\d{0,2}$/),
  /** Null: what the list says about it is not certain enough, so the answer is to ask. */
  document: document.nullable(),
  text,
  /** Ours, not the list's: who would choose it, where its words are hard to follow. */
  inWords: text.optional(),
  /** The line holds only in, or only outside, an area that the class calls sensitive. */
  sensitive: z.enum(['yes', 'no']).optional(),
  /** The area alone is enough, whatever else the project is. */
  isTrigger: z.literal(true).optional(),
})
export type ClassLine = z.infer<typeof classLine>

const projectClass = z.strictObject({
  code,
  group: text,
  /** As in the list. */
  name: text,
  /** Shorter, where the list is long. */
  plain: text.optional(),
  /** What people call it. */
  aliases: z.array(text).optional(),
  /** Marked `*` in the list: only where it is made in an industrial building. */
  isIndoors: z.literal(true).optional(),
  /** The three columns of the list, word for word. */
  columns: z.strictObject({ report: text.optional(), form: text.optional(), registration: text.optional() }),
  /** What the class calls a sensitive area, word for word. */
  sensitive: text.optional(),
  lines: z.array(classLine).min(1),
})
export type ProjectClass = z.infer<typeof projectClass>

const classList = z
  .strictObject({
    title: text,
    issuer: text,
    ...force,
    source: text,
    confirmed: z.boolean(),
    note: text,
    /** What readers are told of the list as a whole. */
    doubt: text,
    rules: z.strictObject({
      highest: ruleOfList,
      minorChange: ruleOfList,
      unlisted: ruleOfList,
      addedScale: ruleOfList,
      indoors: ruleOfList,
    }),
    sensitiveAreas: z.array(z.strictObject({ part: text, text })),
    classes: z.array(projectClass),
  })
  .superRefine(({ classes }, context) => {
    const fault = (message: string) => context.addIssue({ code: 'custom', message })
    if (new Set(classes.map((one) => one.code)).size !== classes.length) fault('a class is given twice')
    for (const one of classes) {
      if (new Set(one.lines.map(({ id }) => id)).size !== one.lines.length) fault(`${one.code}: a line is given twice`)
      const depends = one.lines.some(({ sensitive }) => sensitive !== undefined)
      if (depends !== (one.sensitive !== undefined)) fault(`${one.code}: what is a sensitive area here?`)
    }
  })

const named = z.strictObject({ name: text })
const documentRow = z.strictObject({
  document,
  name: text,
  formerName: text.nullable(),
  nameSource: text,
  materials: z.array(named),
  materialsSource: text,
  materialsNote: text,
  promise: z.strictObject({ workdays: z.int().min(1), source: text, note: text }).nullable(),
  legal: z
    .strictObject({ value: z.int().min(1), unit: z.literal('day'), quote: text, source: text, note: text })
    .nullable(),
  guideCode: text,
})
export type DocumentRow = z.infer<typeof documentRow>

const documentTable = z.strictObject({
  documents: z.array(documentRow),
  immediate: z.strictObject({
    workdays: z.int().min(1),
    source: text,
    note: text,
    material: named,
    guideCode: text,
  }),
  /** 重大变动重新报批. */
  resubmit: z.strictObject({ guideCode: text }),
})

const authorityRow = z.strictObject({
  id: text,
  documents: z.array(document),
  /** All of them when left out. */
  classes: z.array(code).optional(),
  levels: z.array(z.enum(approvalLevels)),
  ...force,
  text,
  /** When it is somebody else. */
  exception: text.optional(),
  source: text,
  confirmed: z.boolean(),
})
export type AuthorityRow = z.infer<typeof authorityRow>

const kind = z.strictObject({ name: text, classes: z.array(code), lines: z.array(text).optional() })
export type Kind = z.infer<typeof kind>
const track = { title: text, source: text }
const of = { documents: z.array(document) }
const share = z.tuple([z.int().min(1), z.int().min(2)])

const trackTable = z.strictObject({
  note: text,
  infrastructure: z.strictObject({ source: text, kinds: z.array(kind) }),
  immediate: z.strictObject({
    ...track,
    ...of,
    infrastructureText: text,
    groups: z.strictObject({ names: z.array(text), text, source: text }),
    otherText: text,
    otherSource: text,
  }),
  citywide: z.strictObject({ ...track, text }),
  bundle: z.strictObject({ ...track, ...of, kinds: z.array(kind), situation, otherText: text }),
  parallel: z.strictObject({ ...track, ...of, situation, legalWorkdays: z.int() }),
  greenChannel: z.strictObject({
    ...track,
    ...of,
    general: z.strictObject({ share, text }),
    listed: z.strictObject({ share, text, situations: z.array(situation) }),
  }),
  decoupled: z.strictObject({ ...track, ...of, text }),
  assessedRegion: z.strictObject({ ...track, ...of, situation, text, doubt: text }),
})
export type TrackTable = z.infer<typeof trackTable>

const choice = z.strictObject({
  value: text,
  title: text,
  hint: text.optional(),
  /** Asked of these classes only. */
  only: z.array(code).optional(),
})
const questionTable = z.strictObject({
  note: text,
  questions: z
    .array(
      z.strictObject({
        key: z.enum(questionKeys),
        title: text,
        why: text,
        kind: z.enum(['class', 'one', 'many']),
        choices: z.array(choice).optional(),
      }),
    )
    .max(6),
})
export type QuestionRow = z.infer<typeof questionTable>['questions'][number]

const contactTable = z.strictObject({
  phones: z.array(z.strictObject({ name: text, phone: text, source: text, confirmed: z.boolean() })),
})

const tables = z
  .strictObject({
    list: classList,
    documents: documentTable,
    authority: z.strictObject({ note: text, rows: z.array(authorityRow) }),
    tracks: trackTable,
    questions: questionTable,
    contact: contactTable,
  })
  .superRefine(({ list, documents, authority, tracks: { infrastructure, bundle, immediate }, questions }, context) => {
    const fault = (message: string) => context.addIssue({ code: 'custom', message })
    const classes = new Map(list.classes.map((one) => [one.code, one]))
    const meant = [
      ...authority.rows.flatMap((row) => row.classes ?? []),
      ...[...infrastructure.kinds, ...bundle.kinds].flatMap((one) => one.classes),
      ...questions.questions.flatMap(({ choices = [] }) => choices.flatMap(({ only = [] }) => only)),
    ]
    for (const one of meant) if (!classes.has(one)) fault(`there is no class ${one}`)
    for (const { classes: codes, lines = [] } of [...infrastructure.kinds, ...bundle.kinds]) {
      const known = codes.flatMap((one) => classes.get(one)?.lines.map(({ id }) => id) ?? [])
      for (const id of lines) if (!known.includes(id)) fault(`there is no line ${id} in ${codes.join(', ')}`)
    }
    for (const name of immediate.groups.names) {
      if (!list.classes.some(({ group }) => group === name)) fault(`there is no group ${name}`)
    }
    for (const one of documentTypes) {
      if (documents.documents.filter((row) => row.document === one).length !== 1) fault(`one row for ${one}, please`)
    }
  })
export type PathTables = z.infer<typeof tables>

/** Throws ZodError with every fault. */
export const parsePathTables = (json: unknown): PathTables => tables.parse(json)

export interface Answers {
  /** A code that the list does not have is an answer too: 「这里没有我的行业」. */
  classCode: string
  sensitive?: Sensitivity | undefined
  /** The id of one of the class's lines, or `unsure`. */
  line?: string | undefined
  districtCode: string
  nature: (typeof pathNatures)[number]
  situations: readonly Situation[]
}

export const classOf = (tables: PathTables, classCode: string): ProjectClass | undefined =>
  tables.list.classes.find(({ code }) => code === classCode)

export const titleOf = ({ plain, name }: ProjectClass): string => plain ?? name

export const districtOf = (code: string) => districts.find((one) => one.code === code)
