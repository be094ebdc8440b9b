/** Lines of the ledger as an export writes them: names for ids, and persons masked as the reader's page masks them. */
import { In } from 'typeorm'
import type { Export } from '../excel/export.js'
import { Enterprise } from '../people/enterprise.js'
import { Post } from '../people/post.js'
import { Unit } from '../people/unit.js'
import { byId } from '../people/view.js'
import { officersOf } from './care.js'
import { ledgerColumns, type LedgerRow } from './ledgerColumns.js'
import { openersOf } from './personal.js'
import { Project } from './project.js'
import { inWan, isInCharge } from './view.js'

export const ledgerExport: Export<'project.list', LedgerRow> = {
  list: 'project.list',
  title: '重大项目台账',
  sheets: [
    {
      name: '台账',
      columns: ledgerColumns,
      async rowsOf({ db, know, actor }, items) {
        const ids = items.map(({ id }) => id)
        const openIssues = new Map(items.map((item) => [item.id, item.openIssues]))
        const projects = await db.find(Project, { where: { id: In(ids) }, order: { id: 'ASC' } })
        const firms = await byId(
          db,
          Enterprise,
          projects.map(({ enterpriseId }) => enterpriseId),
        )
        const units = await byId(
          db,
          Unit,
          projects.map(({ unitId }) => unitId),
        )
        const posts = await byId(db, Post, projects.flatMap(officersOf))
        const open = await openersOf(db, know.keyring, ids)
        return projects.map((project): LedgerRow => {
          const isMasked = !isInCharge(actor, project)
          const nameOf = (postId: string | null) => posts.get(postId ?? '')?.name ?? null
          return {
            book: project.book,
            projectCode: project.projectCode,
            name: project.name,
            builderName: project.builderName,
            creditCode: firms.get(project.enterpriseId ?? '')?.creditCode ?? null,
            districtCode: project.districtCode,
            unit: project.unitId === null ? null : (units.get(project.unitId)?.name ?? project.unitId),
            park: project.park,
            industryCode: project.industryCode,
            industry: project.industry,
            classMajor: project.classMajor,
            classMinor: project.classMinor,
            scale: project.scale,
            investment: inWan(project.investmentHundreds),
            environmentalInvestment: inWan(project.environmentalInvestmentHundreds),
            nature: project.nature,
            startsThisYear: project.startsThisYear,
            plannedStartOn: project.plannedStartOn,
            plannedProductionOn: project.plannedProductionOn,
            documentType: project.documentType,
            approvalLevel: project.approvalLevel,
            approvalUnit: project.approvalUnit,
            compiler: project.compiler,
            compilerLead: open(project.id, 'compilerLead', project.compilerLeadSealed, isMasked),
            compileProgress: project.compileProgress,
            plannedSubmitOn: project.plannedSubmitOn,
            isImmediate: project.isImmediate,
            greenChannel: project.greenChannel,
            permitType: project.permitType,
            totalQuota: project.totalQuota,
            careLevel: project.careLevel,
            cityLeader: nameOf(project.cityLeaderPostId),
            branchLeader: nameOf(project.branchLeaderPostId),
            officer: nameOf(project.officerPostId),
            stage: project.stage,
            stageOn: project.stageOn,
            approvalNumber: project.approvalNumber,
            contactName: open(project.id, 'contactName', project.contactNameSealed, isMasked),
            contactPhone: open(project.id, 'contactPhone', project.contactPhoneSealed, isMasked),
            lastContactOn: project.lastContactOn,
            nextFollowUpOn: project.nextFollowUpOn,
            openIssues: openIssues.get(project.id) ?? 0,
          }
        })
      },
    },
  ],
}
