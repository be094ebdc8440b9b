import assert from 'node:assert/strict'
import { v7 as uuid } from 'uuid'
import { contract, type Verb } from '../../src/contract.js'
import { Delivery } from '../../src/notices/delivery.js'
import { databaseNames } from '../databases.js'
import { firm, member, staff } from '../factories.js'
import { type Caller, Refused } from '../world.js'
import { at, type Stage, stage } from './stage.js'

/** Nobody's name or number. */
const NAME = '欧阳试验'
const PHONE = '13800002468'
const SECRET = '内部口令芝麻'

/** Every row of every table, as text. */
async function dump({ w }: Stage): Promise<string> {
  const { manager } = w.service.house.ds
  const isMariaDb = w.service.house.config.databaseUrl !== undefined
  const tables = (await manager.query(
    isMariaDb
      ? 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()'
      : `SELECT name FROM sqlite_master WHERE type = 'table'`,
  )) as { name: string }[]
  assert.ok(tables.some(({ name }) => name === 'audit_entry'))
  const rows: unknown[] = []
  for (const { name } of tables) rows.push(name, await manager.query(`SELECT * FROM ${name}`))
  return JSON.stringify(rows)
}

async function assertTrailWhole({ supervisor }: Stage): Promise<void> {
  for (let cursor: string | undefined; ; ) {
    const proof = await supervisor.caller.call('audit.verify', cursor === undefined ? {} : { cursor })
    assert.deepEqual(proof.findings, [])
    if (!proof.next) return
    cursor = proof.next
  }
}

for (const database of databaseNames) {
  describe(`what is nobody else's business, on ${database}`, () => {
    let s: Stage
    before(async () => {
      s = await stage(database)
      await staff(s.w, { role: 'officer', unitId: 'heping' })
    })
    beforeEach(() => s.w.turnTo(at('2026-11-23')))
    after(() => s.w.stop())

    it('internal notes are in nothing that an enterprise can call', async () => {
      const { officer, colleague, leader, supervisor, asker } = s
      const answers: unknown[] = []
      const keep = async (who: Caller, verb: Verb, input: object) => {
        const { status, body } = await who.try(verb, input)
        assert.ok(status < 500, verb)
        answers.push([verb, body])
        return body
      }
      const { id } = await keep(asker, 'case.submit', {
        category: 'procedure',
        title: '内部记录看不到',
        text: '请问要哪些材料？',
        projectId: s.projectId,
      })
      await officer.caller.call('case.sign', { id })
      await officer.caller.call('case.note', { id, text: SECRET })
      await officer.caller.call('case.assist', { id, unitId: 'heping', text: SECRET })
      await officer.caller.call('case.extend', { id, workdays: 2, reason: `${SECRET}一` })
      await supervisor.caller.call('case.agreeExtension', { id, agree: false, text: SECRET })
      await officer.caller.call('case.decline', { id, basis: `《${SECRET}》`, reason: SECRET })
      await leader.caller.call('case.agreeDecline', { id, agree: false, text: SECRET })
      await leader.caller.call('case.assign', { id, officerId: colleague.postId, reason: SECRET })
      await keep(asker, 'case.urge', { id })
      await colleague.caller.call('case.sign', { id })
      await colleague.caller.call('case.note', { id, text: SECRET })
      await colleague.caller.call('case.askMore', { id, text: '请补充', fileIds: [] })
      await keep(asker, 'case.supply', { id, text: '已补充' })
      await colleague.caller.call('case.answer', { id, text: '答复如下', fileIds: [] })
      await keep(asker, 'case.close', { id })
      await keep(asker, 'case.rate', { id, score: 1 })
      const { items } = await leader.caller.call('rectification.list', {})
      const rectification = items.find((item) => item.case.id === id)?.id ?? ''
      await leader.caller.call('rectification.verify', { id: rectification, verdict: 'founded', finding: SECRET })
      await leader.caller.call('rectification.resolve', { id: rectification, measures: SECRET })
      await keep(asker, 'case.reopen', { id, text: '还有问题' })
      await keep(asker, 'case.withdraw', { id })
      await s.w.drainJobs()
      for (const who of [asker, s.partner, s.stranger]) {
        await keep(who, 'case.read', { id })
        // Whatever else there is to call, with the case's id and with what its example says.
        for (const verb of Object.keys(contract) as Verb[]) {
          if (/^(session|person\.(erase|bindPhone|update)|enterprise\.leave)/.test(verb)) continue
          const { example } = contract[verb] as { example: object }
          await keep(who, verb, 'id' in example ? { ...example, id } : example)
        }
      }
      assert.ok(JSON.stringify(answers).includes('内部记录看不到'))
      assert.ok(!JSON.stringify(answers).includes(SECRET))
      const seen = JSON.stringify(await s.officer.caller.call('case.read', { id }))
      assert.ok(seen.includes(SECRET))
    })

    it('a member who is not verified sees what they wrote, and nothing of the firm', async () => {
      const newcomer = await member(s.w, s.enterpriseId, `newcomer-${database}`, 'pending')
      const { id } = await s.submit({ title: '公司的事' })
      await s.w.drainJobs()
      assert.equal((await newcomer.try('case.read', { id })).status, 404)
      const own = await newcomer.call('case.submit', {
        category: 'consultation',
        title: '自己问的',
        text: '请问怎么办？',
        enterpriseId: s.enterpriseId,
      })
      const { items } = await newcomer.call('case.list', {})
      assert.deepEqual(
        items.map((item) => item.id),
        [own.id],
      )
      assert.equal((await s.partner.call('case.read', { id: own.id })).id, own.id)
      assert.equal(
        (
          await newcomer.try('case.submit', {
            category: 'procedure',
            title: '项目',
            text: '请问',
            projectId: s.projectId,
          })
        ).status,
        422,
      )
    })

    it('names and phones: masked for the unit, whole for whoever has the case in hand, none for the firm', async () => {
      const asker = await member(s.w, s.enterpriseId, `named-${database}`)
      await asker.call('person.update', { name: NAME })
      await asker.call('person.bindPhone', { code: `phone:${PHONE}` })
      const { id } = await asker.call('case.submit', {
        category: 'procedure',
        title: '谁能看到我',
        text: '请问怎么办？',
        projectId: s.projectId,
      })
      await s.w.drainJobs()
      const contact = async (who: Caller) => (await who.call('case.read', { id })).contact
      assert.deepEqual(await contact(s.officer.caller), { name: NAME, phone: PHONE })
      assert.deepEqual(await contact(s.colleague.caller), { name: '欧阳*', phone: '138****2468' })
      assert.equal(await contact(s.partner), undefined)
      const list = JSON.stringify([
        await s.officer.caller.call('case.list', {}),
        await s.partner.call('case.read', { id }),
        await s.partner.call('case.list', {}),
      ])
      assert.ok(!list.includes(NAME) && !list.includes(PHONE))
    })

    it('one takes along what one asked, said and rated; nobody else has it in theirs', async () => {
      const { id, number } = await s.answered({ title: '带走我的数据' })
      await s.asker.call('case.rate', { id, score: 5, text: '很清楚' })
      const own = JSON.stringify(await s.asker.call('person.export', {}))
      for (const part of [number, '带走我的数据', '很清楚', '已办结', '审批程序咨询', '提交诉求', '满意']) {
        assert.ok(own.includes(part), part)
      }
      const { 诉求: cases } = (await s.asker.call('person.export', {})).sections
      assert.doesNotMatch(JSON.stringify(cases), /case\.|closed|procedure|"[a-z]+":/)
      for (const who of [s.partner, s.stranger]) {
        assert.ok(!JSON.stringify(await who.call('person.export', {})).includes(number))
      }
    })

    it('leaving, what nobody else can follow is withdrawn and its officer told; what a firm still has goes on to its members', async () => {
      const alone = await member(s.w, s.enterpriseId, `alone-${database}`)
      const { id: emptyFirm } = await firm(s.w)
      await member(s.w, emptyFirm, `alone-${database}`)
      await member(s.w, emptyFirm, `pending-${database}`, 'pending')
      const ask = (title: string, enterpriseId?: string) =>
        alone.call('case.submit', {
          category: 'procedure',
          title,
          text: '请问怎么办？',
          ...(enterpriseId ? { enterpriseId } : {}),
        })
      const [private_, ofFirm, lastOne] = [
        await ask('个人问的'),
        await ask('公司的', s.enterpriseId),
        await ask('只有我一个人的公司', emptyFirm),
      ]
      for (const { id } of [private_, ofFirm, lastOne]) {
        await s.supervisor.caller.call('case.assign', { id, officerId: s.officer.postId })
        await s.officer.caller.call('case.sign', { id })
      }
      await s.w.drainJobs()
      assert.deepEqual(await s.told(s.partner, ofFirm.id), [])
      await alone.call('person.erase', { confirm: '注销' })
      await s.w.drainJobs()
      for (const { id } of [private_, lastOne]) {
        const seen = await s.officer.caller.call('case.read', { id })
        assert.equal(seen.state, 'withdrawn')
        const last = seen.timeline.at(-1)
        assert.deepEqual(
          [last?.verb, last?.actor.kind, last?.text],
          ['case.withdraw', 'system', '提出人已注销，自动撤回'],
        )
        assert.ok((await s.told(s.officer.caller, id)).some((title) => title.startsWith('提出人已注销')))
      }
      assert.equal((await s.officer.caller.call('case.read', { id: ofFirm.id })).state, 'handling')
      await s.officer.caller.call('case.answer', { id: ofFirm.id, text: '答复如下' })
      await s.w.drainJobs()
      assert.deepEqual(await s.told(s.partner, ofFirm.id), ['《公司的》已答复，请查看并评价'])
      await assertTrailWhole(s)
    })

    it('after erasing, nothing in the database or its trail gives the name or phone back, and the chains verify', async () => {
      const { officer, leader } = s
      const asker = await member(s.w, s.enterpriseId, `leaver-${database}`)
      await asker.call('person.update', { name: NAME })
      await asker.call('person.bindPhone', { code: `phone:${PHONE}` })
      const me = `${NAME}（${PHONE}）`
      await s.w.drainJobs()
      await officer.caller.call('notice.grant', { templates: [{ key: 'caseAssigned', accepted: true }] })
      // What waits to be sent says the title too.
      s.w.service.sandbox?.setBehaviour({
        path: '/cgi-bin/message/subscribe/send',
        fault: { kind: 'errcode', errcode: -1 },
      })
      const fields = { category: 'procedure' as const, text: `我是${me}。`, projectId: s.projectId, fileIds: [] }
      const key = uuid()
      const input = { ...fields, title: `${me}的问题` }
      const made = await asker.call('case.submit', input, key)
      const { id } = made
      await s.w.drainJobs()
      const signKey = uuid()
      await officer.caller.call('case.sign', { id }, signKey)
      await officer.caller.call('case.note', { id, text: `已联系${me}` })
      await officer.caller.call('case.extend', { id, workdays: 1, reason: `${me}要求` })
      await officer.caller.call('case.askMore', { id, text: `${NAME}您好，请补充`, fileIds: [] })
      await asker.call('case.supply', { id, text: `${me}补充` })
      await officer.caller.call('case.answer', { id, text: `${NAME}您好，答复如下`, fileIds: [] })
      await asker.call('case.rate', { id, score: 1, text: `${me}不满意` })
      const { items } = await leader.caller.call('rectification.list', {})
      const rectification = items.find((item) => item.case.id === id)?.id ?? ''
      await leader.caller.call('rectification.verify', {
        id: rectification,
        verdict: 'founded',
        finding: `${me}说得对`,
      })
      const second = await asker.call('case.submit', { ...fields, title: NAME.repeat(25) })
      await officer.caller.call('case.sign', { id: second.id })
      await officer.caller.call('case.decline', { id: second.id, basis: '《信访工作条例》', reason: `${me}另有途径` })
      await leader.caller.call('case.agreeDecline', { id: second.id })
      await s.w.drainJobs()
      const before = await dump(s)
      assert.ok(before.includes(NAME) && before.includes(PHONE))
      const [waiting] = await s.w.service.house.ds.manager.findBy(Delivery, { state: 'queued' })
      assert.ok(JSON.stringify(waiting?.content).includes(NAME))

      await asker.call('person.erase', { confirm: '注销' })
      const after = await dump(s)
      const around = (text: string) => after.slice(Math.max(0, after.indexOf(text) - 200), after.indexOf(text) + 50)
      assert.ok(!after.includes(NAME), around(NAME))
      assert.ok(!after.includes(PHONE), around(PHONE))
      await assertTrailWhole(s)

      const seen = await officer.caller.call('case.read', { id })
      assert.equal(seen.contact?.name, '已注销用户')
      assert.ok(seen.timeline.some(({ actor }) => actor.name === '已注销用户'))
      assert.ok(!JSON.stringify(seen).includes(NAME))
      assert.equal((await officer.caller.call('case.read', { id: second.id })).state, 'declined')
      await assert.rejects(asker.call('case.submit', input, key), (error) => error instanceof Refused)
      // The answer kept for the officer's retry, which showed the contact, is gone: it is a new command now.
      const again = await officer.caller.try('case.sign', { id }, { 'Idempotency-Key': signKey })
      assert.equal(again.status, 409)
      await s.w.drainJobs()
      assert.ok(!(await dump(s)).includes(NAME))
    })
  })
}
