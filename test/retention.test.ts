/** What is kept, and for how long: the table, and the nights that follow from it. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { v7 as uuid } from 'uuid'
import { Job } from '../src/audit/job.js'
import { PersonKey } from '../src/encryption/personKey.js'
import { IdempotencyRecord } from '../src/http/idempotencyRecord.js'
import { jobs, timetable } from '../src/jobs.js'
import { Person } from '../src/people/person.js'
import { Post } from '../src/people/post.js'
import { Session } from '../src/people/session.js'
import { contract } from '../src/contract.js'
import { type Kept, retention } from '../src/retention.js'
import { databaseNames } from './databases.js'
import { staff } from './factories.js'
import { type World, world } from './world.js'

const rows: [string, Kept][] = Object.entries(retention)
const DAY_MS = 86_400_000

describe('the table of what is kept', () => {
  it('says of each what removes it: a job that runs every night, a verb, or a file that is there', () => {
    for (const [name, { days, by }] of rows) {
      if (days === null) continue
      const isNightly = by in jobs && timetable.some(({ kind }) => kind === by)
      const isFile = existsSync(new URL(`../src/${by}`, import.meta.url))
      assert.ok(isNightly || isFile || by in contract, `${name}: ${by}`)
    }
  })

  it('is what the journal and the backups keep to', () => {
    const file = (name: string) => readFileSync(new URL(`../src/deploy/${name}`, import.meta.url), 'utf8')
    const months = Number(/^MaxRetentionSec=(\d+)month$/m.exec(file('journald-retention.conf'))?.[1])
    assert.ok(months * 30 >= retention.logs.days && retention.logs.days > 184)
    const days = Number(/-mtime \+(\d+) /.exec(file('shenhuan-backup.service'))?.[1])
    assert.equal(days, retention.backups.days)
  })

  it('names a law by its article, and calls nothing confirmed that is ours', () => {
    for (const [name, { source, confirmed }] of rows) {
      assert.ok(source.length > 3, name)
      if (confirmed) assert.match(source, /第[一二三四五六七八九十]+条/, name)
      if (source.startsWith('本软件自定')) assert.equal(confirmed, false, name)
    }
  })
})

for (const database of databaseNames) {
  describe(`forgetting, ${database}`, function () {
    this.timeout(120_000)
    let w: World

    before(async () => {
      w = await world(database, { at: '2026-11-23T10:00:00+08:00' })
    })
    after(() => w.stop())

    const db = () => w.service.house.ds.manager
    const ago = (days: number) => new Date(w.now().getTime() - days * DAY_MS)

    it('answers, jobs and logins go after their time and not before, however many there are', async () => {
      const personId = (await (await w.as('keeper')).call('session.me', {})).id
      const answers = (age: number, n: number) =>
        Array.from({ length: n }, () => ({
          scope: uuid().replaceAll('-', ''),
          personId,
          inputHash: 'x',
          answer: null,
          createdAt: ago(age),
        }))
      // More than one slice of them.
      for (let n = 0; n < 5; n += 1) await db().insert(IdempotencyRecord, answers(retention.answers.days + 1, 450))
      await db().insert(IdempotencyRecord, answers(retention.answers.days - 1, 2))
      const oneJob = (state: 'done' | 'dead' | 'ready', age: number, lastError: string) => ({
        id: uuid(),
        kind: 'test.none',
        uniqueKey: null,
        payload: {},
        state,
        dueAt: new Date('2099-01-01'),
        attempts: 8,
        lastError,
        createdAt: ago(age),
        finishedAt: state === 'ready' ? null : ago(age),
      })
      await db().insert(Job, [
        oneJob('done', retention.doneJobs.days + 1, 'gone'),
        oneJob('done', retention.doneJobs.days - 1, 'done lately'),
        oneJob('dead', retention.deadJobs.days + 1, 'gone'),
        oneJob('dead', retention.deadJobs.days - 1, 'dead lately'),
        oneJob('ready', 1000, 'still to do'),
      ])
      const login = (token: string, expires: number, revoked?: number) => ({
        id: uuid(),
        tokenHash: token,
        personId,
        createdAt: ago(90),
        expiresAt: ago(expires),
        revokedAt: revoked === undefined ? null : ago(revoked),
      })
      const { days } = retention.sessions
      await db().insert(Session, [
        login('gone', days + 1),
        login('over lately', days - 1),
        login('gone too', -20, days + 1),
        login('left lately', -20, days - 1),
      ])
      w.turnTo('2026-11-24T02:01:00+08:00')
      await w.drainJobs()
      assert.equal(await db().countBy(IdempotencyRecord, { inputHash: 'x' }), 2)
      const left = await db().find(Job, { where: { kind: 'test.none' }, order: { lastError: 'ASC' } })
      assert.deepEqual(
        left.map(({ lastError }) => lastError),
        ['dead lately', 'done lately', 'still to do'],
      )
      const tokens = (await db().findBy(Session, { personId })).map(({ tokenHash }) => tokenHash)
      assert.deepEqual(tokens.filter((token) => token.includes(' ') || token === 'gone').sort(), [
        'left lately',
        'over lately',
      ])
    })

    it('who has not been here for three years is erased, unless they hold a post or wait for an answer', async () => {
      w.turnTo('2026-11-24T10:00:00+08:00')
      const officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
      const gone = await w.as('long-gone')
      await gone.call('person.update', { name: '欧阳久别' })
      await gone.call('person.bindPhone', { code: 'phone:13812340001' })
      const waiting = await w.as('waiting')
      await waiting.call('case.submit', {
        category: 'procedure',
        title: '还在等',
        text: '请问要准备什么？',
        districtCode: '210106',
      })
      const here = await w.as('comes-back')
      const ids = await Promise.all([gone, waiting, here].map(async (one) => (await one.call('session.me', {})).id))
      await w.drainJobs()
      const due = w.now().getTime() + retention.unusedPeople.days * DAY_MS

      w.turnTo(new Date(due - 2 * DAY_MS).toISOString())
      await w.as('comes-back')
      await w.drainJobs()
      const erased = async () => {
        const people = await db().find(Person)
        return people.filter(({ erasedAt }) => erasedAt !== null).map(({ id }) => id)
      }
      assert.deepEqual(await erased(), [])

      w.turnTo(new Date(due + 2 * DAY_MS).toISOString())
      await w.drainJobs()
      const after = await erased()
      assert.deepEqual(
        ids.map((id) => after.includes(id)),
        [true, false, false],
      )
      const row = await db().findOneByOrFail(Person, { id: ids[0] })
      assert.deepEqual([row.nameSealed, row.phoneSealed, row.phoneHash, row.openidHash], [null, null, null, null])
      assert.equal(await db().existsBy(PersonKey, { personId: ids[0] }), false, 'what the trail holds is unreadable')
      const { personId } = await db().findOneByOrFail(Post, { id: officer.postId })
      assert.ok(personId !== null && !after.includes(personId), 'a post is held')
      // Whoever comes again is somebody new.
      assert.notEqual((await (await w.as('long-gone')).call('session.me', {})).id, ids[0])
    })

    it('a post that has rested for a year forgets by which number it was found', async () => {
      w.turnTo('2030-03-04T10:00:00+08:00')
      const leaver = await staff(w, { role: 'officer', unitId: 'tiexi' })
      const stays = await staff(w, { role: 'officer', unitId: 'tiexi' })
      const clerk = await staff(w, { role: 'clerk', unitId: 'tiexi' })
      const { version, role, unitId, name } = await db().findOneByOrFail(Post, { id: leaver.postId })
      await clerk.caller.call('staff.save', { id: leaver.postId, version, role, unitId, name, isActive: false })
      const phoneOf = async (id: string) => (await db().findOneByOrFail(Post, { id })).phoneHash
      const [before, other] = [await phoneOf(leaver.postId), await phoneOf(stays.postId)]
      const left = w.now().getTime()
      for (const [days, expected] of [
        [retention.leftPosts.days - 1, before],
        [retention.leftPosts.days + 1, `gone:${leaver.postId}`],
      ] as const) {
        w.turnTo(new Date(left + days * DAY_MS).toISOString())
        await w.drainJobs()
        assert.equal(await phoneOf(leaver.postId), expected)
      }
      assert.equal(await phoneOf(stays.postId), other)
      const row = await db().findOneByOrFail(Post, { id: leaver.postId })
      assert.deepEqual([row.personId, row.workPhone], [null, null])
      assert.ok(row.name.length > 0, 'whose answer it was stays readable')
    })
  })
}
