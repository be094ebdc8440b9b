/** Forgetting people who have long been gone (retention.ts), some at a time. */
import { type EntityManager, In, IsNull, LessThan, Like, MoreThanOrEqual, Not } from 'typeorm'
import { AuditEntry } from '../audit/auditEntry.js'
import { type AnyJob, job } from '../audit/jobKind.js'
import { type Slice, slice } from '../audit/slices.js'
import { change } from '../audit/trail.js'
import { HelpCase } from '../cases/helpCase.js'
import { openStates } from '../cases/states.js'
import { before } from '../retention.js'
import { erase } from './erase.js'
import { Person } from './person.js'
import { Post } from './post.js'

/** In place of the hash of a number that is forgotten: no number has it, and no two posts have the same. */
const GONE = 'gone:'

export const peopleJobs: Readonly<Record<string, AnyJob>> = {
  'person.forgetUnused': job<Slice>({
    async handle({ db, payload, know, now }) {
      const where = { erasedAt: IsNull(), seenAt: LessThan(before('unusedPeople', now)) }
      let erased = 0
      await slice(db, { kind: 'person.forgetUnused', payload, entity: Person, where, now }, async (people) => {
        const needed = await inUse(db, people)
        const unused = people.filter(({ id }) => !needed.has(id))
        for (const person of unused) await erase(db, know, person, now)
        erased = unused.length
      })
      return { erased }
    },
  }),
  'post.forgetPhones': job<Slice>({
    async handle({ db, payload, now }) {
      const where = { isActive: false, phoneHash: Not(Like(`${GONE}%`)) }
      await slice(db, { kind: 'post.forgetPhones', payload, entity: Post, where, now }, async (posts) => {
        for (const post of posts) {
          if (await hasChangedSince(db, post, before('leftPosts', now))) continue
          await change(db, Post, post, { phoneHash: `${GONE}${post.id}`, workPhone: null, personId: null })
        }
      })
    },
  }),
}

/** Who holds a post, or has asked for something that is not over yet. */
async function inUse(db: EntityManager, people: readonly Person[]): Promise<Set<string | null>> {
  const ids = In(people.map(({ id }) => id))
  const posts = await db.find(Post, { select: { personId: true }, where: { personId: ids, isActive: true } })
  const cases = await db.find(HelpCase, {
    select: { createdBy: true },
    where: { createdBy: ids, state: In([...openStates]) },
  })
  return new Set([...posts.map(({ personId }) => personId), ...cases.map(({ createdBy }) => createdBy)])
}

/** A post that rests has not been touched since it was told to, or since it was last put right. */
const hasChangedSince = (db: EntityManager, { id }: Post, at: Date) =>
  db.existsBy(AuditEntry, { subjectKind: Post.trail.kind, subjectId: id, at: MoreThanOrEqual(at) })
