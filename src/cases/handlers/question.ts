/** 专家组的答复可以成为指南的常见问题: proposed from a case by those who work on it. */
import { Enterprise } from '../../people/enterprise.js'
import { personalOf } from '../../people/personal.js'
import { proposeQuestion } from '../../guides/proposeQuestion.js'
import { serve } from '../../http/serve.js'
import { Project } from '../../projects/project.js'
import { move, speaker } from '../move.js'
import { caseTarget } from '../target.js'
import { caseView } from '../view.js'

/** Shorter, a name may be an everyday word. */
const SHORTEST_NAME = 2

export const questionVerbs = {
  'case.proposeQuestion': serve('case.proposeQuestion', {
    target: caseTarget,
    async handle(call) {
      const { db, input, target, grants, know, now } = call
      const { enterpriseId, projectId, createdBy } = target
      const firm = enterpriseId === null ? null : await db.findOneBy(Enterprise, { id: enterpriseId })
      const project = projectId === null ? null : await db.findOneBy(Project, { id: projectId })
      const asker = createdBy === null ? undefined : (await personalOf(db, know.keyring, [createdBy])).get(createdBy)
      const personal = [firm?.name, firm?.creditCode, project?.name, project?.builderName, asker?.name, asker?.phone]
      const { guideId, question, answer } = input
      await proposeQuestion(
        db,
        {
          guideId,
          caseId: target.id,
          caseNumber: target.number,
          question,
          answer,
          postId: speaker(grants) ?? '',
          personal: personal.filter((one): one is string => (one?.length ?? 0) >= SHORTEST_NAME),
        },
        now,
      )
      await move({ ...call, verb: 'case.proposeQuestion' }, {}, { text: `建议列入指南：${question}`, isInternal: true })
      return caseView(call, target)
    },
  }),
}
