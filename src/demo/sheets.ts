/** Service sheets of the named firm's project and of a few that start this year, as their officers would have issued them. */
import { enqueue } from '../audit/queue.js'
import { addDays, dateOf, instantAt } from '../calendar/dates.js'
import type { Seed } from '../database/seed.js'
import { readGuides } from '../guides/library.js'
import { Project } from '../projects/project.js'
import { issueSheet } from '../serviceSheets/issue.js'
import { readSheetRules } from '../serviceSheets/rules.js'
import { readPaths } from '../paths/knowledge.js'
import { actAs } from './act.js'
import { readCast } from './cast.js'

const FEW = 3
const DAYS_AGO = 6

export const seedDemoSheets: Seed = {
  name: 'demo.sheets',
  isDemo: true,
  async lay(db, ground) {
    const cast = await readCast(db, ground)
    const { keyring, calendar, approval } = ground
    const { root } = ground.config
    const know = {
      keyring,
      calendar,
      approval,
      guides: await readGuides(db),
      paths: await readPaths(root),
      sheetRules: readSheetRules(root),
    }
    const at = instantAt(addDays(dateOf(ground.now), -DAYS_AGO), '15:20')
    const projects = await db.find(Project, { order: { id: 'ASC' } })
    const judged = projects.filter(({ documentType, careEndedOn }) => documentType !== null && careEndedOn === null)
    const isShown = ({ enterpriseId }: Project) => cast.memberOf(enterpriseId ?? '') === cast.person('enterprise')
    const others = judged.filter((project) => project.startsThisYear && !isShown(project))
    const shownFirst = [...judged.filter(isShown), ...others]
    for (const project of shownFirst.slice(0, FEW)) {
      const byPostId = project.officerPostId
      actAs(db, ground, { verb: 'project.issueSheet', at, personId: cast.personOf(byPostId), postId: byPostId })
      const sheet = await issueSheet({ db, know, now: at }, project, { note: null, withPackage: true, byPostId })
      await enqueue(db, [{ kind: 'sheet.draw', payload: { sheetId: sheet.id } }], ground.now)
    }
  },
}
