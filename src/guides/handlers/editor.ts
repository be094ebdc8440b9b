/** The clerk's way from a draft to the public: save, submit, review, file, publish, withdraw, and the lists beside it. */
import type { EntityManager } from 'typeorm'
import { And, MoreThan, Raw } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { revise } from '../../audit/revision.js'
import { change, create } from '../../audit/trail.js'
import { dateOf, toWireInstant } from '../../calendar/dates.js'
import type { Input, Output, Verb } from '../../contract.js'
import { isDuplicate } from '../../database/transaction.js'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { type Call, serve } from '../../http/serve.js'
import type { Actor } from '../../people/actor.js'
import { Post } from '../../people/post.js'
import { byId } from '../../people/view.js'
import { invalid, Problem } from '../../problem.js'
import { faultsOf, withEmptyLists } from '../completeness.js'
import { Guide } from '../guide.js'
import { GuideMove } from '../guideMove.js'
import { findGuide, guideTarget } from '../guideTarget.js'
import { type DraftContent, GuideVersion } from '../guideVersion.js'
import { type GuideMoveVerb, obstacleTo, openStates, type Transition, transitions } from '../states.js'
import { guideLines } from '../view.js'

/** What a column of 64 KB holds on every database, with room to spare. */
const MOST_BYTES = 60_000

export const editorVerbs = {
  'guide.list': serve('guide.list', {
    async handle({ db, actor, input, know }) {
      const after = readCursor(know.keyring, 'guide.list', input)
      const { q, state } = input
      const holding = (column: string) => `INSTR(${column}, :q) > 0`
      const where = {
        ...(state === undefined ? {} : { state }),
        ...(after ? { code: MoreThan(String(after[0])) } : {}),
      }
      const rows = await db.find(Guide, {
        where:
          q === undefined
            ? where
            : [
                { ...where, title: Raw(holding, { q }) },
                { ...where, code: And(Raw(holding, { q }), ...(where.code ? [where.code] : [])) },
              ],
        order: { code: 'ASC' },
        take: input.limit + 1,
      })
      return pageFrom(rows, input.limit, await guideLines(db, actor, rows), (last) =>
        writeCursor(know.keyring, 'guide.list', input, [last.code, last.id]),
      )
    },
  }),
  'guide.versions': serve('guide.versions', {
    target: guideTarget,
    async handle({ db, actor, input, target }) {
      const number = input.number ?? target.number
      const shown = await db.findOneBy(GuideVersion, { guideId: target.id, number })
      if (!shown) throw new Problem('notFound')
      const items = await versionLines(db, target)
      return { guide: await line(db, actor, target), items, number, content: shown.content }
    },
  }),
  'guide.save': serve('guide.save', {
    async handle({ db, actor, input, grants, now }) {
      const { id, version, content } = input
      const by = { now, postId: grants[0]?.postId ?? null }
      if (id === undefined) return line(db, actor, await begin(db, merged({}, content), by))
      const guide = await findGuide(db, id, true)
      if (!guide) throw new Problem('notFound')
      if (version !== undefined && guide.version !== version) throw new Problem('stale')
      const obstacle = obstacleTo('guide.save', guide)
      if (obstacle !== undefined) throw new Problem('wrongState', { title: obstacle })
      return line(db, actor, await saveDraft(db, guide, content, by))
    },
  }),
  'guide.discard': serve('guide.discard', {
    target: guideTarget,
    async handle({ db, actor, verb, target, now, grants }) {
      const versionId = target.workingVersionId
      const { id, number } = await db.findOneByOrFail(GuideVersion, { id: target.publishedVersionId as string })
      await db.update(GuideVersion, { id: versionId }, { state: 'discarded' })
      const state = transitions[verb].to
      await change(db, Guide, target, { state, workingVersionId: id, number, isReviewed: false, changedAt: now })
      await note(db, target, { versionId, verb, at: now, postId: grants[0]?.postId ?? null, note: null })
      return line(db, actor, target)
    },
  }),
  'guide.submit': serve('guide.submit', {
    target: guideTarget,
    async handle(call) {
      const version = await workingVersion(call.db, call.target)
      const content = withEmptyLists(version.content)
      demandWhole(content, call)
      const facts = { submittedOn: dateOf(call.now), reviewedOn: null, provinceNote: null }
      await move(call, version, content === version.content ? facts : { ...facts, content })
      return line(call.db, call.actor, call.target)
    },
  }),
  'guide.review': serve('guide.review', {
    target: guideTarget,
    async handle(call) {
      const { isPassed, note = null } = call.input
      const version = await workingVersion(call.db, call.target)
      const facts = { reviewedOn: dateOf(call.now), provinceNote: note }
      await move(call, version, facts, { state: isPassed ? 'submitted' : 'returned', isReviewed: isPassed }, note)
      return line(call.db, call.actor, call.target)
    },
  }),
  'guide.file': serve('guide.file', {
    target: guideTarget,
    async handle(call) {
      const { filingNumber, filedOn = dateOf(call.now) } = call.input
      if (filedOn > dateOf(call.now)) throw invalid('filedOn', '备案日期不能晚于今天')
      await move(call, await workingVersion(call.db, call.target), { filingNumber, filedOn })
      return line(call.db, call.actor, call.target)
    },
  }),
  'guide.publish': serve('guide.publish', {
    target: guideTarget,
    async handle(call) {
      const { db, target, now } = call
      const version = await workingVersion(db, target)
      demandWhole(version.content, call)
      if (target.publishedVersionId !== null) {
        await db.update(GuideVersion, { id: target.publishedVersionId }, { state: 'replaced' })
      }
      await move(
        call,
        version,
        { publishedOn: dateOf(now) },
        { publishedVersionId: version.id, ...nameOf(version.content) },
      )
      await revise(db, 'guides')
      return line(db, call.actor, target)
    },
  }),
  'guide.withdraw': serve('guide.withdraw', {
    target: guideTarget,
    async handle({ db, actor, target, input, now, grants }) {
      const versionId = target.publishedVersionId as string
      await db.update(GuideVersion, { id: versionId }, { state: 'withdrawn', withdrawnOn: dateOf(now) })
      // A newer version that is being worked on goes its own way.
      const state = target.workingVersionId === versionId ? ('withdrawn' as const) : target.state
      await change(db, Guide, target, { publishedVersionId: null, state, changedAt: now })
      const postId = grants[0]?.postId ?? null
      await note(db, target, { versionId, verb: 'guide.withdraw', at: now, postId, note: input.reason })
      await revise(db, 'guides')
      return line(db, actor, target)
    },
  }),
}

interface By {
  now: Date
  postId: string | null
}

type DraftPatch = Input<'guide.save'>['content']

/** The draft with the fields that were given; null clears one. @throws Problem invalid, when it grows too long */
function merged(draft: DraftContent, patch: DraftPatch): DraftContent {
  const fields = Object.entries({ ...draft, ...patch }).filter(([, value]) => value !== null && value !== undefined)
  const content = Object.fromEntries(fields) as DraftContent
  if (Buffer.byteLength(JSON.stringify(content)) > MOST_BYTES) throw invalid('content', '内容太长，请精简后再保存')
  return content
}

const nameOf = ({ code = '', title }: DraftContent) => ({ code, title: title ?? code })

async function begin(db: EntityManager, content: DraftContent, { now, postId }: By): Promise<Guide> {
  if (content.code === undefined) throw invalid('content.code', '请填写编码')
  const id = uuid()
  const version = draftVersion(id, 1, content)
  const names = nameOf(content)
  const guide = await unlessTaken(() =>
    create(
      db,
      Guide,
      {
        id,
        ...names,
        state: 'draft',
        isReviewed: false,
        number: 1,
        workingVersionId: version.id,
        publishedVersionId: null,
        createdAt: now,
        changedAt: now,
      },
      { content: [null, content] },
    ),
  )
  await db.insert(GuideVersion, version)
  await note(db, guide, { versionId: version.id, verb: 'guide.save', at: now, postId, note: null })
  return guide
}

export async function saveDraft(
  db: EntityManager,
  guide: Guide,
  patch: DraftPatch,
  { now, postId }: By,
): Promise<Guide> {
  const before = await workingVersion(db, guide)
  const content = merged(before.content, patch)
  const isSame = openStates.includes(before.state)
  const version = isSame ? { ...before, content } : draftVersion(guide.id, await nextNumber(db, guide), content)
  if (isSame) await db.update(GuideVersion, { id: before.id }, { content, state: 'draft' })
  else await db.insert(GuideVersion, version)
  // The name that the public knows changes when the new version is published.
  const names = guide.publishedVersionId === null ? nameOf({ code: guide.code, ...content }) : {}
  const facts = { ...names, number: version.number, workingVersionId: version.id, changedAt: now }
  await unlessTaken(() =>
    change(
      db,
      Guide,
      guide,
      { ...facts, state: transitions['guide.save'].to, isReviewed: false },
      { content: [before.content, content] },
    ),
  )
  if (!isSame) await note(db, guide, { versionId: version.id, verb: 'guide.save', at: now, postId, note: null })
  return guide
}

/** A discarded version keeps its number. */
const nextNumber = async (db: EntityManager, { id }: Guide): Promise<number> =>
  ((await db.maximum(GuideVersion, 'number', { guideId: id })) ?? 0) + 1

const draftVersion = (guideId: string, number: number, content: DraftContent) => ({
  id: uuid(),
  guideId,
  number,
  state: 'draft' as const,
  content,
  filingNumber: null,
  provinceNote: null,
  submittedOn: null,
  reviewedOn: null,
  filedOn: null,
  publishedOn: null,
  withdrawnOn: null,
})

/** Takes the guide and the version being worked on to where the verb leads, and writes down who did it. */
async function move<V extends keyof typeof transitions & Verb>(
  { db, verb, target, now, grants }: Call<V, Guide>,
  version: GuideVersion,
  facts: Partial<GuideVersion>,
  patch: Partial<Pick<Guide, 'state' | 'isReviewed' | 'publishedVersionId' | 'code' | 'title'>> = {},
  said: string | null = null,
): Promise<void> {
  const transition: Transition = transitions[verb]
  const state = patch.state ?? transition.to ?? target.state
  await db.update(GuideVersion, { id: version.id }, { ...facts, state })
  const fields = Object.entries(facts).map(([field, after]) => [field, [version[field as keyof GuideVersion], after]])
  const isReviewed = verb === 'guide.submit' ? false : target.isReviewed
  await unlessTaken(() =>
    change(db, Guide, target, { isReviewed, ...patch, state, changedAt: now }, Object.fromEntries(fields)),
  )
  await note(db, target, { versionId: version.id, verb, at: now, postId: grants[0]?.postId ?? null, note: said })
}

const note = (
  db: EntityManager,
  guide: Guide,
  step: { versionId: string; verb: GuideMoveVerb; at: Date; postId: string | null; note: string | null },
) => db.insert(GuideMove, { id: uuid(), guideId: guide.id, ...step })

async function unlessTaken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (isDuplicate(error)) throw invalid('content.code', '这个编码已用于另一份指南')
    throw error
  }
}

export async function workingVersion(db: EntityManager, guide: Guide): Promise<GuideVersion> {
  const version = await db.findOneBy(GuideVersion, { id: guide.workingVersionId })
  if (!version) throw new Error('a guide without the version being worked on')
  return version
}

/** @throws Problem invalid, with everything that is missing or wrong at once */
function demandWhole(content: DraftContent, { know, now }: Pick<Call<Verb>, 'know' | 'now'>): void {
  const errors = faultsOf(content, know.guides.laws, dateOf(now))
  if (errors.length > 0) throw new Problem('invalid', { title: '指南还不完整，请按提示补齐', errors })
}

async function line(db: EntityManager, actor: Actor, guide: Guide): Promise<Output<'guide.save'>> {
  const [view] = await guideLines(db, actor, [guide])
  if (!view) throw new Error('a guide without its line')
  return view
}

async function versionLines(db: EntityManager, guide: Guide): Promise<Output<'guide.versions'>['items']> {
  const select = {
    id: true,
    number: true,
    state: true,
    filingNumber: true,
    provinceNote: true,
    submittedOn: true,
    reviewedOn: true,
    filedOn: true,
    publishedOn: true,
    withdrawnOn: true,
  } as const
  const versions = await db.find(GuideVersion, { select, where: { guideId: guide.id }, order: { number: 'DESC' } })
  const moves = await db.find(GuideMove, { where: { guideId: guide.id }, order: { id: 'ASC' } })
  const posts = await byId(
    db,
    Post,
    moves.map(({ postId }) => postId),
  )
  return versions.map(({ id, number, state, filingNumber, provinceNote, ...dates }) => ({
    number,
    state,
    isPublic: id === guide.publishedVersionId,
    filingNumber,
    provinceNote,
    submittedOn: dates.submittedOn,
    reviewedOn: dates.reviewedOn,
    filedOn: dates.filedOn,
    publishedOn: dates.publishedOn,
    withdrawnOn: dates.withdrawnOn,
    moves: moves
      .filter(({ versionId }) => versionId === id)
      .map((step) => ({
        verb: step.verb,
        at: toWireInstant(step.at),
        by: posts.get(step.postId ?? '')?.name ?? null,
        note: step.note,
      })),
  }))
}
