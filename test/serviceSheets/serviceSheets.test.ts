/** 环评审批服务单: issued, drawn, received, and a firm bound to its project by the code on it. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { databaseNames } from '../databases.js'
import { firm, member, project, staff, type StaffMember } from '../factories.js'
import { Refused, type World, world } from '../world.js'

const run = promisify(execFile)
const output = fileURLToPath(new URL('../output', import.meta.url))
const LARGEST_PDF = 300 * 1024

const refused = (status: number, title: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Refused, String(error))
  assert.equal(error.status, status, error.message)
  assert.match(error.problem.title, title)
  return true
}

for (const database of databaseNames) {
  describe(`service sheets, on ${database}`, () => {
    let w: World
    let officer: StaffMember
    let leader: StaffMember
    let other: StaffMember
    before(async () => {
      w = await world(database, { at: '2026-11-23T10:00:00+08:00' })
      officer = await staff(w, { role: 'officer', unitId: 'tiexi', name: '演示·王工', title: '四级主任科员' })
      leader = await staff(w, { role: 'leader', unitId: 'tiexi' })
      other = await staff(w, { role: 'officer', unitId: 'heping' })
    })
    after(() => w.stop())

    const cared = (fields = {}) =>
      project(w, { officerPostId: officer.postId, branchLeaderPostId: leader.postId, ...fields })
    const fileOf = async (url: string): Promise<Buffer> => {
      const { data, status } = await w.http.get<ArrayBuffer>(url, { responseType: 'arraybuffer' })
      assert.equal(status, 200)
      return Buffer.from(data)
    }

    it('says what the enterprise must bring, how long it takes, whom to call, and what day it would be done', async () => {
      const { id } = await cared({ name: '演示·齿轮工厂', plannedSubmitOn: '2026-12-01' })
      const sheet = await officer.caller.call('project.issueSheet', {
        id,
        note: '先把总量指标落实了再报',
        withPackage: true,
      })
      const { content } = sheet
      assert.match(sheet.number, /^FW20261123-[2-9A-Z]{5}$/)
      assert.equal(sheet.edition, 1)
      assert.equal(content.document?.title, '生态环境影响报告表')
      // The law in force today, not the one repealed on 2026-08-15.
      assert.equal(content.document?.basis, '《中华人民共和国生态环境法典》第一百零二条')
      // 任务分解表第4项: 报告表2个要件、10个工作日
      assert.equal(content.materials.length, 2)
      assert.match(content.times?.promise ?? '', /^10个工作日/)
      assert.match(content.times?.legal ?? '', /^30日/)
      // 2026-12-01 counted from the next working day: 2, 3, 4, 7, 8, 9, 10, 11, 14, 15.
      assert.deepEqual([content.times?.from, content.times?.promisedOn], ['2026-12-01', '2026-12-15'])
      assert.deepEqual(
        content.officers.map(({ place, name }) => [place, name]),
        [
          ['包保服务专员', '演示·王工'],
          ['分局领导', leader.name],
          ['市局领导', null],
        ],
      )
      assert.ok(content.complaints.some(({ phone }) => phone === '12345'))
      assert.ok((content.package?.questions.length ?? 0) > 0)
      assert.equal(content.note, '先把总量指标落实了再报')
      // 任务分解表第5项: every form within half of the legal 30 days.
      assert.deepEqual(
        content.tracks.map(({ title }) => title),
        ['绿色通道'],
      )
    })

    it('names the tracks that the class of the project opens, brackets of the list left out', async () => {
      const { id } = await cared({ classMajor: '五十二、交通运输业、管道运输业', classMinor: '等级公路' })
      const { content } = await officer.caller.call('project.issueSheet', { id })
      // 任务分解表第5项: 公路 may be decided at once, in any district, and without a quota.
      assert.deepEqual(
        content.tracks.map(({ title }) => title),
        ['即来即办', '全市通办', '绿色通道', '总量脱钩'],
      )
    })

    it('is drawn on one page in Chinese that can be searched and copied, with the code, in at most 300 KB', async function () {
      this.timeout(60_000)
      const { id } = await cared({
        name: '演示·沈阳经济技术开发区高端装备智能制造产业园二期基础设施及配套改造提升项目',
        builderName: '演示·沈阳某某高端装备智能制造产业发展集团有限责任公司',
        projectCode: '0000-210106-04-01-000009',
        scale: '新建厂房3座，总建筑面积5.6万平方米，年产精密齿轮120万件；'.repeat(8),
      })
      const issued = await officer.caller.call('project.issueSheet', { id })
      assert.equal(issued.file, null)
      await w.drainJobs()
      const { sheet } = await officer.caller.call('project.sheet', { id })
      assert.ok(sheet?.file?.url, 'it is drawn')
      assert.equal(sheet.file.name, `环评审批服务单${sheet.number}.pdf`)
      const pdf = await fileOf(sheet.file.url)
      assert.ok(pdf.length <= LARGEST_PDF, `${pdf.length} bytes`)
      await mkdir(output, { recursive: true })
      const path = join(output, `service-sheet-${database}.pdf`)
      await writeFile(path, pdf)
      const { stdout: info } = await run('pdfinfo', [path])
      assert.match(info, /Pages:\s+1\n/)
      const { stdout: text } = await run('pdftotext', ['-raw', path, '-'])
      const flat = text.replace(/\s/g, '')
      for (const said of [
        '建设项目环评审批服务单',
        sheet.number,
        '演示·沈阳某某高端装备智能制造产业发展集团有限责任公司',
        '生态环境影响报告表',
        '演示·王工',
        sheet.code?.text ?? 'no code',
        '12345',
      ]) {
        assert.ok(flat.includes(said.replace(/\s/g, '')), `${said} stands on it: ${flat.slice(0, 400)}`)
      }
      const { stdout: images } = await run('pdfimages', ['-list', path])
      assert.match(images, /image/, 'the mini-program code is on it')
      await run('pdftoppm', ['-png', '-r', '80', path, join(output, `service-sheet-${database}`)])
    })

    it('each edition is kept; the newest is the one to confirm, once, by a verified member', async () => {
      const { id: enterpriseId } = await firm(w)
      const boss = await member(w, enterpriseId)
      const { id } = await cared({ enterpriseId })
      const first = await officer.caller.call('project.issueSheet', { id })
      await w.drainJobs()
      const inbox = await boss.call('notice.list', {})
      assert.ok(inbox.items.some(({ title }) => title === '您的项目有了环评审批服务单'))
      const received = await boss.call('project.receiveSheet', { id, edition: 1 })
      assert.ok(received.receivedAt)
      const again = await boss.call('project.receiveSheet', { id, edition: 1 })
      assert.equal(again.receivedAt, received.receivedAt)
      assert.equal(again.version, received.version)
      // The code is for whoever hands the sheet out.
      assert.equal(received.code, null)

      await officer.caller.call('project.issueSheet', { id, note: '专员换了电话' })
      await assert.rejects(boss.call('project.receiveSheet', { id, edition: 1 }), refused(409, /新的一版/))
      await assert.rejects(boss.call('project.receiveSheet', { id, edition: 3 }), refused(404, /没有这一版/))
      const old = await boss.call('project.sheet', { id, edition: 1 })
      assert.equal(old.sheet?.number, first.number)
      assert.deepEqual(
        old.editions.map(({ edition, isReceived }) => [edition, isReceived]),
        [
          [2, false],
          [1, true],
        ],
      )
    })

    it('is not to be seen or issued by others', async () => {
      const { id } = await cared()
      await officer.caller.call('project.issueSheet', { id })
      await assert.rejects(other.caller.call('project.sheet', { id }), refused(404, /./))
      await assert.rejects(other.caller.call('project.issueSheet', { id }), refused(404, /./))
      await assert.rejects(leader.caller.call('project.issueSheet', { id }), refused(403, /./))
      const stranger = await w.as('stranger')
      await assert.rejects(stranger.call('project.sheet', { id }), refused(404, /./))
    })

    it('binds a firm by its code once the officer agrees, and not before', async () => {
      const { id, name } = await cared()
      const issued = await officer.caller.call('project.issueSheet', { id })
      const code = issued.code?.text ?? ''
      assert.match(code, /^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/)
      const { id: enterpriseId } = await firm(w)
      const boss = await member(w, enterpriseId, undefined, 'pending')
      // However it is typed.
      const found = await boss.call('project.codeOf', { code: code.toLowerCase().replaceAll('-', ' ') })
      assert.equal(found.project.name, name)
      await assert.rejects(boss.call('project.sheet', { id }), refused(404, /./))
      const bind = await boss.call('project.bind', { code, enterpriseId })
      assert.equal(bind.state, 'pending')
      assert.deepEqual(bind.can, [])
      await assert.rejects(boss.call('project.bind', { code, enterpriseId }), refused(409, /申请过了/))
      await assert.rejects(boss.call('project.confirmBind', { id: bind.id }), refused(403, /./))
      await assert.rejects(other.caller.call('project.confirmBind', { id: bind.id }), refused(404, /./))
      await w.drainJobs()
      const told = await officer.caller.call('notice.list', {})
      assert.ok(told.items.some(({ title }) => title.endsWith('申请绑定项目')))
      const waiting = await officer.caller.call('project.binds', { projectId: id, state: ['pending'] })
      assert.deepEqual(
        waiting.items.map((one) => one.id),
        [bind.id],
      )
      const confirmed = await officer.caller.call('project.confirmBind', { id: bind.id })
      assert.equal(confirmed.state, 'confirmed')
      await assert.rejects(officer.caller.call('project.confirmBind', { id: bind.id }), refused(409, /处理过了/))
      const { enterprise } = await officer.caller.call('project.read', { id })
      assert.equal(enterprise?.id, enterpriseId)
      // A member nobody has vouched for still sees only what they wrote.
      await assert.rejects(boss.call('project.sheet', { id }), refused(404, /./))
      await member(w, enterpriseId, 'verified-boss')
      assert.equal((await (await w.as('verified-boss')).call('project.sheet', { id })).sheet?.number, issued.number)
      const { items } = await boss.call('project.binds', {})
      assert.deepEqual(
        items.map((one) => one.state),
        ['confirmed'],
      )
    })

    it('does not take a project from the firm that has it, and a refusal says why', async () => {
      const owner = await firm(w)
      const { id } = await cared({ enterpriseId: owner.id })
      const code = (await officer.caller.call('project.issueSheet', { id })).code?.text ?? ''
      const { id: enterpriseId } = await firm(w)
      const boss = await member(w, enterpriseId)
      const bind = await boss.call('project.bind', { code, enterpriseId })
      await assert.rejects(officer.caller.call('project.confirmBind', { id: bind.id }), refused(409, /另一家企业/))
      await assert.rejects(officer.caller.call('project.refuseBind', { id: bind.id, reason: ' ' }), refused(422, /./))
      await officer.caller.call('project.refuseBind', { id: bind.id, reason: '不是建设单位' })
      await w.drainJobs()
      const [notice] = (await boss.call('notice.list', {})).items
      assert.equal(notice?.title, '项目没有绑定成功')
      assert.match(notice?.text ?? '', /不是建设单位/)
      assert.equal((await officer.caller.call('project.read', { id })).enterprise?.id, owner.id)
    })

    it('a code that is wrong, replaced, revoked or expired is refused in words, and nothing is written', async () => {
      const { id } = await cared()
      const { id: enterpriseId } = await firm(w)
      const boss = await member(w, enterpriseId)
      const first = (await officer.caller.call('project.issueSheet', { id })).code?.text ?? ''
      await assert.rejects(boss.call('project.bind', { code: 'K7M4', enterpriseId }), refused(422, /./))
      await assert.rejects(boss.call('project.bind', { code: 'K7M4-Q2WX-3RTY', enterpriseId }), refused(404, /核对/))
      const stranger = await w.as('no-member')
      await assert.rejects(stranger.call('project.bind', { code: first, enterpriseId }), refused(409, /加入这家企业/))
      const second = (await officer.caller.call('project.issueSheet', { id })).code?.text ?? ''
      assert.notEqual(second, first)
      await assert.rejects(boss.call('project.codeOf', { code: first }), refused(404, /已作废/))
      await officer.caller.call('project.revokeCode', { id })
      await assert.rejects(officer.caller.call('project.revokeCode', { id }), refused(409, /已经作废/))
      await assert.rejects(boss.call('project.bind', { code: second, enterpriseId }), refused(404, /已作废/))
      const third = (await officer.caller.call('project.issueSheet', { id })).code?.text ?? ''
      // Ninety days from 2026-11-23 end with 2027-02-21.
      w.turnTo('2027-02-21T23:00:00+08:00')
      await boss.call('project.codeOf', { code: third })
      w.turnTo('2027-02-22T00:30:00+08:00')
      await assert.rejects(boss.call('project.bind', { code: third, enterpriseId }), refused(404, /已过期/))
      assert.deepEqual((await boss.call('project.binds', {})).items, [])
    })
  })
}
