/** Guides: finding and reading one, commenting on it, and the clerk's way from a draft to the public. */
import { z } from 'zod'
import { command, date, id, instant, line, pageOf, paging, prose, query, searchText, version } from '../wire.js'
import { GuideContentFields, GuideKind, GuideLegal, GuideLevel, GuidePromise } from './content.js'
import { questionStates } from './states.js'

const states = ['draft', 'submitted', 'returned', 'filed', 'published', 'withdrawn'] as const
const guideState = z.enum(states)
const versionState = z.enum([...states, 'replaced', 'discarded'])
const commentKind = z.enum(['suggestion', 'question', 'error'])
const code = z.string().regex(/^[A-Z0-9-]{3,40}$/, '编码由大写字母、数字和短横线组成')

const guideName = z.strictObject({ id, code: z.string(), title: z.string() })
/** Places in a text, `[from, to)` in UTF-16 units: the client highlights them, nobody sends HTML. */
const marks = z.array(z.tuple([z.int().min(0), z.int().min(0)]))

const found = z.strictObject({
  ...guideName.shape,
  kind: GuideKind,
  level: GuideLevel,
  promise: GuidePromise.pick({ workdays: true, isImmediate: true, confirmed: true }),
  legal: GuideLegal.pick({ value: true, unit: true, quote: true, note: true }),
  titleMarks: marks,
  snippet: z.strictObject({ text: z.string(), marks }),
})

const basis = z.strictObject({
  /** `former` has been repealed, `upcoming` is not yet in force, on the day of reading. */
  role: z.enum(['primary', 'supporting', 'former', 'upcoming']),
  isInForce: z.boolean(),
  law: z.strictObject({
    id: z.string(),
    title: z.string(),
    documentNumber: z.string().nullable(),
    effectiveFrom: date.nullable(),
    effectiveTo: date.nullable(),
    isConfirmed: z.boolean(),
  }),
  replacedBy: z.strictObject({ id: z.string(), title: z.string(), effectiveFrom: date }).nullable(),
  article: z.string(),
  quote: z.string().nullable(),
  note: z.string().nullable(),
})

const shownComment = z.strictObject({
  id,
  kind: commentKind,
  text: z.string(),
  createdOn: date,
  answer: z.string().nullable(),
  answeredOn: date.nullable(),
})
const ownComment = shownComment.extend({ guideId: id, isPublic: z.boolean() })

const guide = GuideContentFields.omit({ code: true, basis: true, ways: true, related: true, unconfirmed: true }).extend(
  {
    id,
    code: z.string(),
    state: versionState,
    /** 版本号: 1, and one more for each new version. */
    number: z.int(),
    filingNumber: z.string().nullable(),
    /** What to show in place of a filing number that is not known. */
    filingNote: z.string().nullable(),
    filedOn: date.nullable(),
    publishedOn: date.nullable(),
    basis: z.array(basis),
    ways: z.array(z.strictObject({ when: z.string(), answer: z.string(), guide: guideName.nullable() })),
    related: z.array(guideName),
    /** What nobody has confirmed, by its path, and what to show there. */
    unconfirmed: z.array(z.strictObject({ field: z.string(), note: z.string(), label: z.string() })),
    comments: z.array(shownComment),
    /** The reader's own, answered or not; empty without login. */
    myComments: z.array(ownComment),
  },
)

const guideLine = z.strictObject({
  ...guideName.shape,
  /** Of the version being worked on, with its number. */
  state: guideState,
  number: z.int(),
  /** The province has passed it. */
  isReviewed: z.boolean(),
  /** What the public reads; null where nothing is public. */
  publishedNumber: z.int().nullable(),
  publishedOn: date.nullable(),
  changedAt: instant,
  version,
  can: z.array(z.string()),
})

const versionLine = z.strictObject({
  number: z.int(),
  state: versionState,
  isPublic: z.boolean(),
  filingNumber: z.string().nullable(),
  provinceNote: z.string().nullable(),
  submittedOn: date.nullable(),
  reviewedOn: date.nullable(),
  filedOn: date.nullable(),
  publishedOn: date.nullable(),
  withdrawnOn: date.nullable(),
  moves: z.array(
    z.strictObject({ verb: z.string(), at: instant, by: z.string().nullable(), note: z.string().nullable() }),
  ),
})

const staffComment = shownComment.extend({
  guide: guideName,
  /** Masked. */
  author: z.string().nullable(),
  createdAt: instant,
  review: z.enum(['pending', 'passed', 'held']),
  isPublic: z.boolean(),
  answeredBy: z.string().nullable(),
  version,
  can: z.array(z.string()),
})

const proposedQuestion = z.strictObject({
  id,
  guide: guideName,
  /** Where it came from; the case itself is not the clerk's to read. */
  caseNumber: z.string(),
  question: z.string(),
  answer: z.string(),
  state: z.enum(questionStates),
  proposedBy: z.string(),
  proposedAt: instant,
  settledBy: z.string().nullable(),
  settledAt: instant.nullable(),
  note: z.string().nullable(),
  version,
  can: z.array(z.string()),
})

/** Every text of the value with a character that cannot be kept, by its path. */
function* unclean(value: unknown, path: PropertyKey[] = []): Generator<PropertyKey[]> {
  if (typeof value === 'string') {
    if (!value.isWellFormed() || /[^\P{Cc}\n\t]/u.test(value)) yield path
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* unclean(item, [...path, index])
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* unclean(item, [...path, key])
  }
}

const draft = GuideContentFields.partial()

type Fields = typeof GuideContentFields.shape
/** A field left out stays as it is, null clears it. Through `unknown`, or the compiler compares each schema with all. */
const patchFields = Object.fromEntries(
  Object.entries<z.core.$ZodType>(GuideContentFields.shape).map(([field, type]) => [
    field,
    z.nullable(type).optional(),
  ]),
) as unknown as { [F in keyof Fields]: z.ZodOptional<z.ZodNullable<Fields[F]>> }

const draftInput = z.strictObject(patchFields).superRefine((content, context) => {
  for (const path of unclean(content)) {
    context.addIssue({ code: 'custom', path, message: '含有无法保存的字符，请删除后再试' })
  }
  for (const [index, { url }] of (content.channels ?? []).entries()) {
    if (url !== undefined && !/^https?:\/\//i.test(url)) {
      context.addIssue({ code: 'custom', path: ['channels', index, 'url'], message: '网址应以 https:// 开头' })
    }
  }
})

const someId = '01970000-0000-7000-8000-000000000001'
const moved = { id, version: version.optional() }

export const guideContract = {
  'guide.search': query({
    summary: '查指南：汉字、拼音、首字母、错别字、日常说法都行；不填就列出全部',
    input: z.strictObject({ q: searchText.optional(), level: GuideLevel.optional(), ...paging }),
    output: pageOf(found).extend({ total: z.int() }),
    example: { q: '开工厂要什么手续' },
  }),
  'guide.read': query({
    summary: '看一份指南的全文（编号或编码二选一；工作人员可看指定版本）',
    input: z
      .strictObject({ id: id.optional(), code: code.optional(), number: z.int().min(1).optional() })
      .refine((input) => (input.id === undefined) !== (input.code === undefined), {
        path: ['id'],
        message: '请给出指南的编号或编码，只给一个',
      }),
    output: guide,
    example: { code: 'HP-02' },
  }),
  'guide.comment': command({
    summary: '对指南提意见、提问或纠错（答复后公开）',
    input: z.strictObject({ guideId: id, kind: commentKind, text: prose(1000) }),
    output: ownComment,
    example: { guideId: someId, kind: 'question', text: '材料可以用扫描件吗？' },
  }),
  'guide.list': query({
    summary: '全部指南及其状态',
    input: z.strictObject({ q: searchText.optional(), state: guideState.optional(), ...paging }),
    output: pageOf(guideLine),
    example: { state: 'published' },
  }),
  'guide.versions': query({
    summary: '一份指南的各个版本，谁在什么时候办了哪一步，以及其中一版的内容（默认正在编的一版）',
    input: z.strictObject({ id, number: z.int().min(1).optional() }),
    output: z.strictObject({ guide: guideLine, items: z.array(versionLine), number: z.int(), content: draft }),
    example: { id: someId },
  }),
  'guide.save': command({
    summary: '新建指南或保存草稿：只改给出的栏目，null 清空一栏；已备案、已发布的另起新版本，原版本不变',
    input: z.strictObject({ id: id.optional(), version: version.optional(), content: draftInput }),
    output: guideLine,
    example: { content: { code: 'SL-01', title: '示例事项', topic: '示例' } },
  }),
  'guide.discard': command({
    summary: '放弃正在编的草稿，回到已发布的版本',
    input: z.strictObject(moved),
    output: guideLine,
    example: { id: someId },
  }),
  'guide.submit': command({
    summary: '报省厅审核（要素必须齐全；别名、常见问题等没有填的算作没有）',
    input: z.strictObject(moved),
    output: guideLine,
    example: { id: someId },
  }),
  'guide.review': command({
    summary: '登记省厅审核结果：通过或退回',
    input: z
      .strictObject({ ...moved, isPassed: z.boolean(), note: prose(1000).optional() })
      .refine(({ isPassed, note }) => isPassed || note !== undefined, { path: ['note'], message: '退回要写明原因' }),
    output: guideLine,
    example: { id: someId, isPassed: true },
  }),
  'guide.file': command({
    summary: '登记市营商局备案号',
    input: z.strictObject({ ...moved, filingNumber: line(60), filedOn: date.optional() }),
    output: guideLine,
    example: { id: someId, filingNumber: '示例备〔2026〕1号' },
  }),
  'guide.publish': command({
    summary: '对外发布，替换正在公开的版本',
    input: z.strictObject(moved),
    output: guideLine,
    example: { id: someId },
  }),
  'guide.withdraw': command({
    summary: '撤下正在公开的版本',
    input: z.strictObject({ ...moved, reason: prose(500) }),
    output: guideLine,
    example: { id: someId, reason: '事项已取消' },
  }),
  'guide.comments': query({
    summary: '读者意见（含未公开的）',
    input: z.strictObject({ guideId: id.optional(), isAnswered: z.boolean().optional(), ...paging }),
    output: pageOf(staffComment),
    example: { isAnswered: false },
  }),
  'guide.replyComment': command({
    summary: '答复读者意见；默认连同原文一起公开，也可只答复本人',
    input: z.strictObject({ ...moved, answer: prose(2000), isPublic: z.boolean().default(true) }),
    output: staffComment,
    example: { id: someId, answer: '可以，窗口核对原件。' },
  }),
  'guide.questions': query({
    summary: '从诉求来的、建议列入指南的常见问题',
    input: z.strictObject({ state: z.enum(questionStates).optional(), ...paging }),
    output: pageOf(proposedQuestion),
    example: { state: 'proposed' },
  }),
  'guide.takeQuestion': command({
    summary: '改好文字，列入指南草稿的常见问题',
    input: z.strictObject({ ...moved, question: prose(500, 2), answer: prose(2000, 2) }),
    output: proposedQuestion,
    example: { id: someId, question: '总量指标从哪里来？', answer: '由区里调剂，先向分局提出。' },
  }),
  'guide.leaveQuestion': command({
    summary: '不列入指南，并说明原因',
    input: z.strictObject({ ...moved, note: prose(500, 2) }),
    output: proposedQuestion,
    example: { id: someId, note: '指南里已经写了。' },
  }),
}
