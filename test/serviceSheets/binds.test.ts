/** Binds that somebody tries to come by: under a name of their own making, by their own word, or after they have gone. */
import assert from 'node:assert/strict'
import { firm, member, project, staff, type StaffMember, write } from '../factories.js'
import { setTimeout as delay } from 'node:timers/promises'
import { change } from '../../src/audit/trail.js'
import { forUpdate } from '../../src/database/transaction.js'
import { Project } from '../../src/projects/project.js'
import { AuditEntry } from '../../src/audit/auditEntry.js'
import { Problem } from '../../src/problem.js'
import { issueSheet } from '../../src/serviceSheets/issue.js'
import { serviceSheetJobs } from '../../src/serviceSheets/jobs.js'
import { ServiceSheet } from '../../src/serviceSheets/serviceSheet.js'
import { checkCharacter } from '../../src/people/creditCode.js'
import { type Caller, type World, world } from '../world.js'

/** On the embedded database alone: what it asks of a database, serviceSheets.test.ts asks of both. */
describe('binds nobody should get', () => {
  let w: World
  let officer: StaffMember
  let supervisor: StaffMember
  before(async () => {
    w = await world('embedded')
    officer = await staff(w, { role: 'officer', unitId: 'tiexi', as: 'officer-with-a-firm' })
    supervisor = await staff(w, { role: 'supervisor', unitId: 'approval' })
  })
  after(() => w.stop())

  const codeFor = async (fields = {}) => {
    const { id } = await project(w, { officerPostId: officer.postId, ...fields })
    const { code } = await officer.caller.call('project.issueSheet', { id })
    return { id, code: code?.text ?? '' }
  }
  const asked = async (boss: Caller, enterpriseId: string, fields = {}) => {
    const { id, code } = await codeFor(fields)
    return { projectId: id, bind: await boss.call('project.bind', { code, enterpriseId }) }
  }
  const shown = async (id: string) =>
    (await officer.caller.call('project.binds', { limit: 100 })).items.find((one) => one.id === id)

  it('a firm that somebody has just named after the builder is not passed off as the builder', async () => {
    const { id, code } = await codeFor({ builderName: '测试·真正的建设单位' })
    const thief = await w.as('thief')
    const { project: found } = await thief.call('project.codeOf', { code })
    const creditCode = `91210100TEXT8${'0001'}`
    const joined = await thief.call('enterprise.join', {
      creditCode: creditCode + checkCharacter(creditCode),
      name: found.builderName,
    })
    const bind = await thief.call('project.bind', { code, enterpriseId: joined.enterprise.id })
    const line = await shown(bind.id)
    assert.equal(line?.enterprise.name, line?.project.builderName)
    assert.deepEqual([line?.isNameConfirmed, line?.membership], [false, 'pending'])
    // A firm that somebody of the bureau has stood by.
    const { id: enterpriseId } = await firm(w)
    const boss = await member(w, enterpriseId)
    const honest = await boss.call('project.bind', { code, enterpriseId })
    assert.deepEqual([honest.isNameConfirmed, honest.membership], [true, 'verified'])
    assert.equal((await officer.caller.call('project.read', { id })).enterprise, null)
  })

  it('nobody decides on what they asked for themselves; somebody else does', async () => {
    const { id: enterpriseId } = await firm(w)
    await member(w, enterpriseId, 'officer-with-a-firm')
    const { bind } = await asked(officer.caller, enterpriseId)
    assert.deepEqual(bind.can, [])
    for (const verb of ['project.confirmBind', 'project.refuseBind'] as const) {
      const { status } = await officer.caller.try(verb, { id: bind.id, reason: '不同意' } as never)
      assert.ok([403, 422].includes(status), `${verb}: ${status}`)
    }
    const mine = await officer.caller.call('project.binds', {})
    assert.deepEqual(mine.items.find(({ id }) => id === bind.id)?.can, [])
    assert.equal((await supervisor.caller.call('project.confirmBind', { id: bind.id })).state, 'confirmed')
  })

  it('who has left the firm, was refused or is gone gets no project; the request can still be refused', async () => {
    const leave = async (boss: Caller) => {
      const [tie] = (await boss.call('enterprise.mine', {})).items
      await boss.call('enterprise.leave', { id: tie?.id ?? '' })
    }
    const erase = async (boss: Caller) => void (await boss.call('person.erase', { confirm: '注销' }))
    for (const [goes, membership] of [
      [leave, 'left'],
      [erase, null],
    ] as const) {
      const { id: enterpriseId } = await firm(w)
      const boss = await member(w, enterpriseId)
      const { projectId, bind } = await asked(boss, enterpriseId)
      await goes(boss)
      const line = await shown(bind.id)
      assert.deepEqual([line?.membership, line?.can], [membership, ['project.refuseBind']])
      const { status, body } = await officer.caller.try('project.confirmBind', { id: bind.id })
      assert.equal(status, 409)
      assert.match(body.title, /不在这家企业/)
      assert.equal((await officer.caller.call('project.read', { id: projectId })).enterprise, null)
      const over = await officer.caller.call('project.refuseBind', { id: bind.id, reason: '申请人已退出' })
      assert.equal(over.state, 'refused')
    }
  })

  it('a member still to be verified is not told to look where nothing is to be seen yet', async () => {
    const { id: enterpriseId } = await firm(w)
    const said = async (boss: Caller) => {
      const { bind } = await asked(boss, enterpriseId)
      await officer.caller.call('project.confirmBind', { id: bind.id })
      await w.drainJobs()
      const { items } = await boss.call('notice.list', {})
      const notice = items.find(({ title }) => title === '项目已经绑定')
      return [notice?.subjectKind, notice?.text.replace(/^.*》/, '')]
    }
    const waiting = await member(w, enterpriseId, undefined, 'pending')
    assert.deepEqual(await said(waiting), ['membership', '已经绑定。您的企业身份核实后，就能在「项目」里看到。'])
    const verified = await member(w, enterpriseId)
    assert.deepEqual(await said(verified), ['project', '现在可以在「项目」里看到。'])
  })

  it('where the officer is missing, or has asked themselves, the clerk hears of it', async () => {
    const clerk = await staff(w, { role: 'clerk', unitId: 'approval' })
    const { id: enterpriseId } = await firm(w)
    const boss = await member(w, enterpriseId)
    await member(w, enterpriseId, 'officer-with-a-firm')
    const heard = async ({ caller }: StaffMember, projectId: string) => {
      await w.drainJobs()
      const { items } = await caller.call('notice.list', { limit: 100 })
      return items.some(({ title, subjectId }) => title.endsWith('申请绑定项目') && subjectId === projectId)
    }
    const { id } = await project(w)
    const { code } = await clerk.caller.call('project.issueSheet', { id })
    await boss.call('project.bind', { code: code?.text ?? '', enterpriseId })
    assert.equal(await heard(clerk, id), true)
    const own = await asked(officer.caller, enterpriseId)
    assert.deepEqual([await heard(clerk, own.projectId), await heard(officer, own.projectId)], [true, false])
    const usual = await asked(boss, enterpriseId)
    assert.deepEqual([await heard(clerk, usual.projectId), await heard(officer, usual.projectId)], [false, true])
  })

  it('the trail vouches for what stood on a sheet without keeping the words', async () => {
    const { id } = await project(w, { officerPostId: officer.postId })
    const sheet = await officer.caller.call('project.issueSheet', { id, note: '请赵小七带上公章' })
    const { manager } = w.service.house.ds
    const entries = await manager.findBy(AuditEntry, { subjectId: sheet.id })
    assert.equal(entries.length, 1)
    assert.ok(entries[0]?.changes.includes('content') && !entries[0].changes.includes('赵小七'))
    const faults = async () => {
      const about = { subjectKind: 'serviceSheet', subjectId: sheet.id }
      return (await supervisor.caller.call('audit.verify', about)).findings.map(({ fault }) => fault)
    }
    assert.deepEqual(await faults(), [])
    const altered = { ...sheet.content, note: '不用带公章' }
    await manager.update(ServiceSheet, { id: sheet.id }, { content: altered })
    assert.deepEqual(await faults(), ['rowAltered'])
  })

  it('two who confirm two firms at the same moment give the project to one of them', async () => {
    const clerk = await staff(w, { role: 'clerk', unitId: 'approval' })
    for (let round = 0; round < 3; round++) {
      const { id, code } = await codeFor()
      const decisions = []
      for (const { caller } of [officer, clerk]) {
        const { id: enterpriseId } = await firm(w)
        const bind = await (await member(w, enterpriseId)).call('project.bind', { code, enterpriseId })
        decisions.push({ bind, caller })
      }
      const answers = await Promise.all(
        decisions.map(({ bind, caller }) => caller.try('project.confirmBind', { id: bind.id })),
      )
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409])
      const won = decisions[answers.findIndex(({ status }) => status === 200)]?.bind
      assert.equal((await officer.caller.call('project.read', { id })).enterprise?.id, won?.enterprise.id)
    }
  })

  it('sheets issued at the same moment are editions one after the other, of which one code is good', async () => {
    const { id } = await project(w, { officerPostId: officer.postId })
    const issued = await Promise.all([1, 2, 3].map(() => officer.caller.call('project.issueSheet', { id })))
    assert.deepEqual(issued.map(({ edition }) => edition).sort(), [1, 2, 3])
    const asker = await w.as('asker')
    const found = await Promise.all(
      issued.map(({ code }) => asker.try('project.codeOf', { code: code?.text ?? '' }, {})),
    )
    assert.deepEqual(found.map(({ status }) => status).sort(), [200, 404, 404])
  })

  it('a sheet longer than a row holds is refused in words', async () => {
    const { know } = w.service.house
    const line = await project(w, { officerPostId: officer.postId })
    const policies = [{ title: '很长的政策', text: '政策'.repeat(12_000), source: '测试' }]
    const sheetRules = { ...know.sheetRules, policies }
    const issue = (withPackage: boolean) =>
      write(w, (db) =>
        issueSheet({ db, know: { ...know, sheetRules } as typeof know, now: w.now() }, line, {
          note: null,
          withPackage,
          byPostId: officer.postId,
        }),
      )
    await assert.rejects(issue(true), (error) => error instanceof Problem && /太长/.test(error.title))
    assert.equal((await issue(false)).edition, 1)
  })

  it('whoever confirms a receipt while the sheet is being laid down is not told to come back', async () => {
    const { id: enterpriseId } = await firm(w)
    const boss = await member(w, enterpriseId)
    const { id } = await codeFor({ enterpriseId })
    const sheet = await w.service.house.ds.manager.findOneByOrFail(ServiceSheet, { projectId: id })
    const drawn = { hash: 'f'.repeat(64), size: 1 }
    let begin = () => {}
    const laidDown = new Promise<void>((resolve) => {
      begin = resolve
    }).then(() =>
      write(w, async (db) => {
        const payload = { sheetId: sheet.id }
        const { know } = w.service.house
        await serviceSheetJobs['sheet.draw']?.handle({
          db,
          know,
          now: w.now(),
          payload,
          attempt: 1,
          claimed: {},
          result: drawn,
        })
      }),
    )
    await write(w, async (db) => {
      const lock = forUpdate(db)
      await db.findOneOrFail(Project, { where: { id }, ...(lock ? { lock } : {}) })
      const current = await db.findOneByOrFail(ServiceSheet, { id: sheet.id })
      begin()
      // The other has to wait for us; where it did not, it would be done by now.
      await Promise.race([laidDown, delay(500)])
      await change(db, ServiceSheet, current, { receivedAt: w.now() })
    })
    await laidDown
    const { sheet: after } = await boss.call('project.sheet', { id })
    assert.ok(after?.receivedAt && after.file)
  })

  it('two of one firm who ask at the same moment make one request', async () => {
    const { id: enterpriseId } = await firm(w)
    const bosses = await Promise.all(Array.from({ length: 6 }, () => member(w, enterpriseId)))
    for (let round = 0; round < 3; round++) {
      const { id, code } = await codeFor()
      const answers = await Promise.all(bosses.map((boss) => boss.try('project.bind', { code, enterpriseId })))
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409, 409, 409])
      const { items } = await officer.caller.call('project.binds', { projectId: id })
      assert.equal(items.length, 1)
    }
  })
})
