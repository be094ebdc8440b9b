/** What the process knows by heart: read at the start, and again whenever somebody revises its source. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DataSource } from 'typeorm'
import { Revision } from './audit/revision.js'
import { readCalendar, readDeadlines } from './calendar/knowledge.js'
import type { Config } from './config.js'
import { readGuides } from './guides/library.js'
import type { Knowledge } from './house.js'
import { readLeadRules } from './leads/rules.js'
import { readPaths } from './paths/knowledge.js'
import { readApprovalRules } from './projects/approvalRules.js'
import { readSheetRules } from './serviceSheets/rules.js'
import { readTipRules } from './tips/rules.js'
import { parseTemplates } from './wechat/templates.js'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** What can be revised while the service runs: the name of its revision, and how it is read again. */
const revisable: { [K in keyof Knowledge]?: (ds: DataSource, config: Config) => Promise<Knowledge[K]> } = {
  calendar: (ds, config) => readCalendar(ds.manager, config.root),
  guides: (ds) => readGuides(ds.manager),
}

export interface KnowledgeKeeper {
  know: Knowledge
  refresh(names: Iterable<string>): Promise<void>
  /** Looks whether another process has revised something. */
  poll(): Promise<void>
}

/** What is made beside the database. */
type Given = Pick<Knowledge, 'keyring' | 'informers' | 'merchant'>

export async function gatherKnowledge(ds: DataSource, config: Config, given: Given): Promise<KnowledgeKeeper> {
  const templates: unknown = JSON.parse(readFileSync(join(config.root, 'seeds/wechat/templates.json'), 'utf8'))
  const know: Mutable<Knowledge> = {
    ...given,
    deadlines: readDeadlines(config.root),
    approval: readApprovalRules(config.root),
    calendar: await readCalendar(ds.manager, config.root),
    guides: await readGuides(ds.manager),
    paths: await readPaths(config.root),
    templates: parseTemplates(templates, config.wechat.templateIds),
    sheetRules: readSheetRules(config.root),
    tips: readTipRules(config.root),
    leads: readLeadRules(config.root),
  }
  const counts = new Map<string, number>()
  const refresh = async (names: Iterable<string>) => {
    for (const name of names) {
      const read = revisable[name as keyof Knowledge]
      if (read) Object.assign(know, { [name]: await read(ds, config) })
    }
  }
  const changed = async () => {
    const names: string[] = []
    for (const { name, count } of await ds.manager.find(Revision)) {
      if (counts.get(name) !== count) names.push(name)
      counts.set(name, count)
    }
    return names
  }
  await changed()
  return { know, refresh, poll: async () => refresh(await changed()) }
}
