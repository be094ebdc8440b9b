/** The trail as the supervisor and the admin read it, and the proof that it is whole. */
import type { EntityManager } from 'typeorm'
import { parseWireInstant, toWireInstant } from '../../calendar/dates.js'
import { sealedPattern } from '../../encryption/algorithms.js'
import type { Keyring } from '../../encryption/keyring.js'
import { keptSubjects } from '../../cases/keptSubjects.js'
import { snapshot } from '../../database/snapshot.js'
import { grantsOf } from '../../http/scopes.js'
import { type Position, readCursor, writeCursor } from '../../http/cursor.js'
import { serve } from '../../http/serve.js'
import { masked, personalOf } from '../../people/personal.js'
import { Post } from '../../people/post.js'
import { byId } from '../../people/view.js'
import { invalid, Problem } from '../../problem.js'
import { isThere } from '../../rewards/unseen.js'
import { keptFromTrail } from '../../tips/keptTrail.js'
import type { AuditEntry } from '../auditEntry.js'
import { type Proof, proveNext } from '../proof.js'
import { searchTrail } from '../search.js'
import { subjects } from '../subjects.js'
import type { Changes } from '../trail.js'
import { verifyChain } from '../verify.js'

export const trailHandlers = {
  'audit.list': serve('audit.list', {
    isOfOneMoment: true,
    async handle({ db, actor, input, grants, know, now }) {
      const after = readCursor(know.keyring, 'audit.list', input)
      const { unseen, ...others } = await keptFromTrail(db, { grants, actor, now })
      const without = { ...others, entryIds: unseen.entryIds }
      const { entries, last } = await searchTrail(db, {
        subject: input.subjectKind && input.subjectId ? { kind: input.subjectKind, id: input.subjectId } : undefined,
        verb: input.verb,
        from: moment('from', input.from),
        to: moment('to', input.to),
        after: after && { at: new Date(after[0]), id: after[1] },
        limit: input.limit,
        without,
      })
      const kept = await keptSubjects(
        db,
        grants[0],
        entries.map((entry) => entry.subjectId),
      )
      const { subjectKind, subjectId } = input
      const isKept = (id: string) => kept.has(id) || without.ids.includes(id)
      const isOfKept = subjectKind !== undefined && without.kinds.includes(subjectKind)
      if (isOfKept || (subjectId !== undefined && isKept(subjectId))) throw new Problem('notFound')
      const told = entries.filter((entry) => !kept.has(entry.subjectId))
      const showsValues = grants.some((grant) => grant.role === 'supervisor')
      const cursorAt = (at: Position) => writeCursor(know.keyring, 'audit.list', input, at)
      return {
        items: await entryViews(db, know.keyring, told, showsValues),
        next: last ? cursorAt([last.at.getTime(), last.id]) : null,
      }
    },
  }),
  'audit.verify': serve('audit.verify', {
    // Reads files and, slice by slice, the whole trail: never inside a transaction. One chain is read as of one moment.
    async prepare({ input, actor, know, now, house }): Promise<Proof> {
      const { subjectKind: kind, subjectId } = input
      const auditKey = know.keyring.purposeKey('audit')
      const entity = kind === undefined ? undefined : subjects().get(kind)
      if (kind !== undefined && !entity) throw invalid('subjectKind', '没有这一类对象')
      const grants = grantsOf(actor, 'audit.verify')
      const keptIn = async (db: EntityManager) => {
        const kept = await keptFromTrail(db, { grants, actor, now })
        if (kind !== undefined && kept.kinds.includes(kind)) throw new Problem('notFound')
        return kept
      }
      if (entity && subjectId !== undefined) {
        return snapshot(house.ds, async (db) => {
          const { ids, unseen } = await keptIn(db)
          const isKept = ids.includes(subjectId) || !isThere(unseen, entity.trail.kind, subjectId)
          if (isKept || (await keptSubjects(db, grants[0], [subjectId])).has(subjectId)) throw new Problem('notFound')
          const findings = await verifyChain(db, auditKey, entity, subjectId)
          if (!findings) throw new Problem('notFound')
          return { checked: 1, days: 0, findings, lost: [], forgedDays: [], next: undefined }
        })
      }
      const digestKey = know.keyring.purposeKey('digest')
      const from = readCursor(know.keyring, 'audit.verify', input) as readonly [string, string] | undefined
      const db = house.ds.manager
      const { ids: without } = await keptIn(db)
      return proveNext({ db, auditKey, digestKey, seals: house.outside.seals, kind, from, without })
    },
    async handle({ input, prepared, know }) {
      const { next, ...proof } = prepared
      return { ...proof, next: next ? writeCursor(know.keyring, 'audit.verify', input, next) : null }
    },
  }),
}

function moment(field: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined
  const at = parseWireInstant(text)
  if (!at) throw invalid(field, '不是有效的时间')
  return at
}

async function entryViews(db: EntityManager, keyring: Keyring, entries: readonly AuditEntry[], showsValues: boolean) {
  const posts = await byId(
    db,
    Post,
    entries.map((entry) => entry.postId),
  )
  const people = await personalOf(
    db,
    keyring,
    entries.flatMap(({ postId, actorId }) => (postId === null && actorId !== null ? [actorId] : [])),
  )
  return entries.map(({ id, at, verb, subjectKind, subjectId, seq, actorId, postId, changes }) => {
    const person = people.get(actorId ?? '')
    const name = posts.get(postId ?? '')?.name ?? (person ? masked(person).name : null)
    return {
      id,
      at: toWireInstant(at),
      verb,
      subjectKind,
      subjectId,
      seq,
      actor: actorId === null && postId === null ? null : { personId: actorId, postId, name },
      changes: fieldsOf(changes).map(([field, [before, after]]) =>
        showsValues ? { field, before: shown(before), after: shown(after) } : { field },
      ),
    }
  })
}

/** An entry altered by hand may hold anything. */
function fieldsOf(changes: string): [string, [unknown, unknown]][] {
  try {
    return Object.entries(JSON.parse(changes) as Changes).map(([field, pair]) => [field, [pair[0], pair[1]]])
  } catch {
    return []
  }
}

const DIGEST = /^sm3:[\da-f]{64}$/

/** What the trail keeps sealed or as a digest only is not shown as if it could be read. */
function shown(value: unknown): unknown {
  if (typeof value === 'string')
    return sealedPattern.test(value) ? '「已加密」' : DIGEST.test(value) ? '「只留摘要」' : value
  if (Array.isArray(value)) return value.map(shown)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shown(one)]))
}
