/** Asking for imports and exports, and hearing how far they are. The work itself is done by jobs. */
import { type EntityManager, In, IsNull, LessThan } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { create } from '../audit/trail.js'
import type { Verb } from '../contract.js'
import { forUpdate } from '../database/transaction.js'
import { StoredFile } from '../files/storedFile.js'
import { pageFrom, readCursor, writeCursor } from '../http/cursor.js'
import type { Call, Served } from '../http/serve.js'
import { serve } from '../http/serve.js'
import { invalid, Problem } from '../problem.js'
import { ExcelRun } from './excelRun.js'
import type { ExcelVerb } from './contract.js'
import { type ExportVerb, exports } from './exports.js'
import { REFUSALS } from './refusals.js'
import { runView, runViews } from './view.js'

/** Under way for one person at the same time. */
const AT_ONCE = 3

type Asked = Pick<ExcelRun, 'filter' | 'sourceId' | 'book' | 'isDryRun'>

async function begin<V extends Verb & ExcelVerb>(call: Call<V>, id: string, asked: Asked): Promise<ExcelRun> {
  const { db, verb, actor, grants, now } = call
  const personId = actor.personId
  if (personId === null) throw new Problem('unauthenticated')
  const waiting = await db.countBy(ExcelRun, { personId, state: In(['waiting', 'working']) })
  if (waiting >= AT_ONCE) throw new Problem('wrongState', { title: `您还有 ${waiting} 个没有做完，请等一等再试` })
  const { q, ...told } = asked.filter ?? {}
  const run = {
    id,
    verb,
    personId,
    postId: grants[0]?.postId ?? null,
    ...asked,
    state: 'waiting' as const,
    done: 0,
    total: null,
    counts: null,
    message: null,
    fileId: null,
    createdAt: now,
    finishedAt: null,
  }
  // The trail says what was asked for; a search text may hold a phone number and stays out of it.
  return create(db, ExcelRun, run, {
    asked: [null, { ...told, ...(q === undefined ? {} : { q: '…' }) }],
  })
}

const exportVerbs = Object.fromEntries(
  (Object.keys(exports) as ExportVerb[]).map((verb) => [
    verb,
    serve(verb, {
      async handle(call) {
        const { db, know, now, input } = call
        const asked = { filter: input as Record<string, unknown>, sourceId: null, book: null, isDryRun: false }
        return runView(db, know, now, await begin(call, uuid(), asked))
      },
    }),
  ]),
) as Record<ExportVerb, Served>

/** One's own upload, or one's own earlier trial of it: from now on it belongs to this run. */
async function takeSource(db: EntityManager, fileId: string, personId: string | null, runId: string): Promise<void> {
  const lock = forUpdate(db)
  const file = await db.findOne(StoredFile, { where: { id: fileId }, ...(lock ? { lock } : {}) })
  const isOwn = file !== null && personId !== null && file.uploadedBy === personId
  if (!isOwn || (file.ownerId !== null && file.ownerKind !== 'excel')) {
    throw invalid('fileId', '文件已过期、已用过或不是您上传的，请重新上传')
  }
  if (file.extension === 'xls') throw invalid('fileId', REFUSALS.oldExcel)
  if (file.extension !== 'xlsx') throw invalid('fileId', REFUSALS.notExcel)
  await db.update(StoredFile, { id: fileId }, { ownerKind: 'excel', ownerId: runId, review: 'passed' })
}

export const excelVerbs = {
  ...exportVerbs,
  'project.import': serve('project.import', {
    async handle(call) {
      const { db, know, now, input, actor } = call
      const { fileId, book = null, isDryRun } = input
      const id = uuid()
      await takeSource(db, fileId, actor.personId, id)
      return runView(db, know, now, await begin(call, id, { filter: null, sourceId: fileId, book, isDryRun }))
    },
  }),
  'lead.import': serve('lead.import', {
    async handle(call) {
      const { db, know, now, input, actor } = call
      const { fileId, source, isDryRun } = input
      const id = uuid()
      await takeSource(db, fileId, actor.personId, id)
      const filter = source === undefined ? null : { source }
      return runView(db, know, now, await begin(call, id, { filter, sourceId: fileId, book: null, isDryRun }))
    },
  }),
  'excel.read': serve('excel.read', {
    async handle({ db, know, now, actor, input }) {
      const run = await db.findOneBy(ExcelRun, { id: input.id, personId: actor.personId ?? IsNull() })
      if (!run) throw new Problem('notFound')
      return runView(db, know, now, run)
    },
  }),
  'excel.list': serve('excel.list', {
    async handle({ db, know, now, actor, input }) {
      const after = readCursor(know.keyring, 'excel.list', input)
      const runs = await db.find(ExcelRun, {
        where: {
          personId: actor.personId ?? IsNull(),
          ...(input.verb === undefined ? {} : { verb: input.verb }),
          ...(after ? { id: LessThan(after[1]) } : {}),
        },
        order: { id: 'DESC' },
        take: input.limit + 1,
      })
      return pageFrom(runs, input.limit, await runViews(db, know, now, runs.slice(0, input.limit)), (last) =>
        writeCursor(know.keyring, 'excel.list', input, ['', last.id]),
      )
    },
  }),
}
