/** What comes of a recorded visit: its photos, its findings, and a case for each question left unsolved. */
import type { EntityManager } from 'typeorm'
import { v7 as uuid } from 'uuid'
import type { Rules } from '../cases/clock.js'
import { openCase } from '../cases/open.js'
import type { Input } from '../contract.js'
import { attachFiles } from '../files/attach.js'
import type { Enterprise } from '../people/enterprise.js'
import type { Project } from '../projects/project.js'
import { VisitFinding } from './visitFinding.js'

interface Recorded {
  input: Input<'visit.record'>
  firms: readonly Enterprise[]
  project: Project | null
  by: { personId: string; postId: string }
  onDate: string
}

/** In the transaction of the record, so that it happens once with it. 现场不能解决的，转为诉求办理. */
export async function writeOutcome(db: EntityManager, know: Rules, now: Date, recorded: Recorded): Promise<void> {
  const { input, firms, project, by, onDate } = recorded
  const owner = { personId: by.personId, isStaff: true, ownerKind: 'visit' as const, ownerId: input.id }
  await attachFiles(db, { ...owner, fileIds: input.fileIds })
  for (const { text, isSolved, category, enterpriseId } of input.findings) {
    const firm = firms.find((one) => one.id === (enterpriseId ?? input.enterpriseIds[0]))
    const case_ = isSolved
      ? null
      : await openCase(db, know, now, {
          source: 'visit',
          category: category ?? 'consultation',
          title: titleOf(text),
          text: `${text}\n（${onDate}上门服务时提出，现场没有解决）`,
          enterpriseId: firm?.id ?? null,
          // A project is its builder's: a question of another firm does not go to its officer.
          projectId: project && (project.enterpriseId ?? firm?.id) === firm?.id ? project.id : null,
          guideId: null,
          districtCode: project?.districtCode ?? firm?.districtCode ?? null,
          visitId: input.id,
          createdBy: null,
          postId: by.postId,
          review: 'passed',
        })
    await db.insert(VisitFinding, {
      id: uuid(),
      visitId: input.id,
      text,
      isSolved,
      category: category ?? null,
      enterpriseId: enterpriseId ?? (firms.length === 1 ? (firm?.id ?? null) : null),
      caseId: case_?.id ?? null,
    })
  }
}

const TITLE_LENGTH = 40

/** The question's first line, shortened. */
function titleOf(text: string): string {
  const characters = Array.from(text.split('\n', 1)[0]?.replaceAll('\t', ' ') ?? '')
  return characters.length > TITLE_LENGTH ? `${characters.slice(0, TITLE_LENGTH - 1).join('')}…` : characters.join('')
}
