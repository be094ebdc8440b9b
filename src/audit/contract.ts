/** Reading the trail and proving it whole; seeing what jobs do, and giving dead ones another try. */
import { z } from 'zod'
import { command, id, instant, line, pageOf, paging, query } from '../wire.js'

const kind = line(30)
const subjectId = line(36)

const entry = z.strictObject({
  id,
  at: instant,
  verb: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  /** Its place in the subject's chain, from 1. */
  seq: z.int(),
  /** Null where a job or the installation did it. */
  actor: z
    .strictObject({
      personId: z.string().nullable(),
      postId: z.string().nullable(),
      /** The post's name, or a private person's, masked. */
      name: z.string().nullable(),
    })
    .nullable(),
  /** `before` and `after` are for the supervisor; the admin sees the fields' names. */
  changes: z.array(
    z.strictObject({ field: z.string(), before: z.unknown().optional(), after: z.unknown().optional() }),
  ),
})

const finding = z.strictObject({
  subjectKind: z.string(),
  subjectId: z.string(),
  /** altered 被改动, missing 被删除, cutOff 末尾被截去, headAltered 与主体不符, subjectGone 主体不见了 */
  fault: z.enum([
    'altered',
    'missing',
    'cutOff',
    'headAltered',
    'subjectGone',
    'rowAltered',
    'partAltered',
    'partMissing',
    'partAdded',
  ]),
  /** Of an altered row its field; of an altered text what kind it is. */
  field: z.string().nullable(),
  seq: z.int(),
  entryId: z.string().nullable(),
})

const lost = z.strictObject({
  day: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  seq: z.int(),
  entryId: z.string(),
})

const job = z.strictObject({
  id,
  kind: z.string(),
  state: z.enum(['ready', 'done', 'dead']),
  attempts: z.int(),
  lastError: z.string().nullable(),
  dueAt: instant,
  createdAt: instant,
  finishedAt: instant.nullable(),
  /** The ids in its payload, by field. */
  ids: z.record(z.string(), z.string()),
})

const someId = '01970000-0000-7000-8000-000000000001'

export const auditContract = {
  'audit.list': query({
    summary: '留痕记录：按对象，或按时间和操作，最新的在前',
    input: z
      .strictObject({
        subjectKind: kind.optional(),
        subjectId: subjectId.optional(),
        verb: line(40).optional(),
        from: instant.optional(),
        to: instant.optional(),
        ...paging,
      })
      .superRefine(({ subjectKind, subjectId: subject }, context) => {
        if ((subjectKind === undefined) === (subject === undefined)) return
        const path = [subjectKind === undefined ? 'subjectKind' : 'subjectId']
        context.addIssue({ code: 'custom', path, message: '对象的类别和编号要一起填' })
      }),
    output: pageOf(entry),
    example: { verb: 'staff.save', from: '2026-11-01T00:00:00+08:00', limit: 20 },
  }),
  'audit.verify': query({
    summary: '核验留痕是否完整：一个对象，或全部（按 next 一段段查完）',
    input: z
      .strictObject({
        subjectKind: kind.optional(),
        subjectId: subjectId.optional(),
        cursor: z.string().max(500).optional(),
      })
      .superRefine(({ subjectKind, subjectId: subject }, context) => {
        if (subject === undefined || subjectKind !== undefined) return
        context.addIssue({ code: 'custom', path: ['subjectKind'], message: '对象的类别和编号要一起填' })
      }),
    output: z.strictObject({
      /** Subjects whose chain was read, without those that come as informers do something. */
      checked: z.int(),
      /** Days compared with their seals. */
      days: z.int(),
      findings: z.array(finding),
      /** Sealed entries that are gone or no longer the same. */
      lost: z.array(lost),
      /** Days whose seal does not fit. */
      forgedDays: z.array(z.string()),
      next: z.string().nullable(),
    }),
    example: {},
  }),
  'job.list': query({
    summary: '后台任务：默认列出已失败、不再重试的',
    input: z.strictObject({
      state: z.enum(['ready', 'done', 'dead']).default('dead'),
      kind: line(60).optional(),
      ...paging,
    }),
    output: pageOf(job),
    example: { state: 'dead' },
  }),
  'job.retry': command({
    summary: '让失败的后台任务再试',
    input: z.strictObject({ id }),
    output: job,
    example: { id: someId },
  }),
}
