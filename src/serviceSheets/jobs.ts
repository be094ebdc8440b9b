/** Drawing sheets, and telling firms of them and of what became of their wish to bind. */
import type { EntityManager } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { type AnyJob, job } from '../audit/jobKind.js'
import { change } from '../audit/trail.js'
import { forUpdate } from '../database/transaction.js'
import { FILE_TYPES } from '../files/kinds.js'
import { StoredFile } from '../files/storedFile.js'
import { tell } from '../notices/tell.js'
import { Post } from '../people/post.js'
import { Enterprise } from '../people/enterprise.js'
import { Membership } from '../people/membership.js'
import { membersOf } from '../projects/firmMembers.js'
import { Project } from '../projects/project.js'
import { WechatError } from '../wechat/problems.js'
import { codeOf, spelled } from './code.js'
import { drawApart } from './drawing/draw.js'
import type { PageOrder } from './drawing/page.js'
import { ProjectBind } from './projectBind.js'
import { ServiceSheet } from './serviceSheet.js'

const BIND_PAGE = 'pages/bind/index'
/** After so many attempts the sheet is printed with its letters alone: WeChat's code is a convenience. */
const ENOUGH_ATTEMPTS = 3
const versions = { developer: 'develop', trial: 'trial', formal: 'release' } as const

interface Drawn {
  hash: string
  size: number
}

/** The officer; the clerks where there is none, or where it was the officer who asked. */
async function decidersOf(db: EntityManager, { officerPostId }: Project, { personId }: ProjectBind): Promise<string[]> {
  const officer = officerPostId === null ? null : await db.findOneBy(Post, { id: officerPostId })
  if (officer?.isActive && (personId === null || officer.personId !== personId)) return [officer.id]
  return (await db.findBy(Post, { role: 'clerk', isActive: true })).map(({ id }) => id)
}

const drawJob = job<{ sheetId: string }, Omit<PageOrder, 'codeImage'> & { attempt: number }, Drawn>({
  async claim({ db, know, attempt, payload: { sheetId } }) {
    const sheet = await db.findOneBy(ServiceSheet, { id: sheetId })
    if (!sheet || sheet.fileId !== null) return undefined
    const { number, edition, issuedOn, content, codeExpiresOn } = sheet
    const text = spelled(codeOf(know.keyring, sheet.id))
    return { number, edition, issuedOn, content, code: { text, expiresOn: codeExpiresOn }, attempt }
  },
  async outside({ claimed: { attempt, ...order }, outside, house }) {
    const scene = order.code.text.replaceAll('-', '')
    const envVersion = versions[house.config.wechat.state]
    const codeImage = await outside.wechat.codeImage({ scene, page: BIND_PAGE, envVersion }).catch((error: unknown) => {
      if (!(error instanceof WechatError) || (error.retryable && attempt < ENOUGH_ATTEMPTS)) throw error
      return null
    })
    return outside.blobs.put(await drawApart({ ...order, codeImage }))
  },
  async handle({ db, now, payload: { sheetId }, result: { hash, size } }) {
    // Whoever changes a sheet holds its project first.
    const projectId = (await db.findOneBy(ServiceSheet, { id: sheetId }))?.projectId
    const lock = forUpdate(db)
    if (projectId) await db.findOne(Project, { where: { id: projectId }, ...(lock ? { lock } : {}) })
    const sheet = await db.findOneBy(ServiceSheet, { id: sheetId })
    if (!sheet || sheet.fileId !== null) return
    const { kind, mime, extension } = FILE_TYPES.pdf
    const file: StoredFile = {
      id: uuid(),
      hash,
      size,
      mime,
      extension,
      kind,
      name: `环评审批服务单${sheet.number}.pdf`,
      width: null,
      height: null,
      takenAt: null,
      placeSealed: null,
      uploadedBy: null,
      uploaderRef: null,
      uploadedAt: now,
      ownerKind: 'sheet',
      ownerId: sheet.id,
      entryId: null,
      review: 'passed',
      traceId: null,
    }
    await db.insert(StoredFile, file)
    await change(db, ServiceSheet, sheet, { fileId: file.id })
  },
})

export const serviceSheetJobs: Readonly<Record<string, AnyJob>> = {
  'sheet.draw': drawJob,
  'sheet.tellIssued': job<{ sheetId: string }>({
    async handle({ db, know, now, payload: { sheetId } }) {
      const sheet = await db.findOneBy(ServiceSheet, { id: sheetId })
      const project = sheet && (await db.findOneBy(Project, { id: sheet.projectId }))
      if (!sheet || !project || project.enterpriseId === null) return
      await tell(db, know, now, {
        personIds: await membersOf(db, [project.enterpriseId]),
        subjectKind: 'project',
        subjectId: project.id,
        title: sheet.edition === 1 ? '您的项目有了环评审批服务单' : `环评审批服务单更新到第${sheet.edition}版`,
        text: `《${project.name}》，编号${sheet.number}。请打开看看，点「确认收到」。`,
        uniqueKey: `sheet.issued:${sheet.id}`,
      })
    },
  }),
  'bind.tellAsked': job<{ bindId: string }>({
    async handle({ db, know, now, payload: { bindId } }) {
      const bind = await db.findOneBy(ProjectBind, { id: bindId })
      const project = bind && (await db.findOneBy(Project, { id: bind.projectId }))
      const firm = bind && (await db.findOneBy(Enterprise, { id: bind.enterpriseId }))
      if (!bind || !project || !firm) return
      await tell(db, know, now, {
        postIds: await decidersOf(db, project, bind),
        subjectKind: 'project',
        subjectId: project.id,
        title: `${firm.name}申请绑定项目`,
        text: `《${project.name}》，台账上的建设单位是${project.builderName}。请核对后确认。`,
        uniqueKey: `bind.asked:${bind.id}`,
      })
    },
  }),
  'bind.tellDecided': job<{ bindId: string }>({
    async handle({ db, know, now, payload: { bindId } }) {
      const bind = await db.findOneBy(ProjectBind, { id: bindId })
      const project = bind && (await db.findOneBy(Project, { id: bind.projectId }))
      if (!bind || !project || bind.personId === null || bind.state === 'pending') return
      const isConfirmed = bind.state === 'confirmed'
      const { personId, enterpriseId } = bind
      const isSeen = isConfirmed && (await db.existsBy(Membership, { personId, enterpriseId, state: 'verified' }))
      const good = isSeen
        ? `《${project.name}》现在可以在「项目」里看到。`
        : `《${project.name}》已经绑定。您的企业身份核实后，就能在「项目」里看到。`
      await tell(db, know, now, {
        personIds: [personId],
        subjectKind: isSeen ? 'project' : 'membership',
        subjectId: isSeen ? project.id : enterpriseId,
        title: isConfirmed ? '项目已经绑定' : '项目没有绑定成功',
        text: isConfirmed ? good : `《${project.name}》：${bind.reason ?? ''}`,
        uniqueKey: `bind.decided:${bind.id}`,
      })
    },
  }),
}
