/** What the demonstration lays down, each part in a transaction of its own. */
import type { Seed } from '../database/seed.js'
import { seedDemoApplications } from './applications.js'
import { seedDemoComments } from './comments.js'
import { seedDemoDrafts } from './drafts.js'
import { seedDemoGuides } from './guides.js'
import { seedDemoHistory } from './history.js'
import { seedDemoLeads } from './leads.js'
import { seedDemoPeople } from './people.js'
import { seedDemoProjects } from './projects.js'
import { seedDemoRewards } from './rewards.js'
import { seedDemoSheets } from './sheets.js'
import { seedDemoTaskForce } from './taskForce.js'
import { seedDemoTips } from './tips.js'

export const demoSeeds: readonly Seed[] = [
  seedDemoGuides,
  seedDemoPeople,
  seedDemoProjects,
  seedDemoSheets,
  seedDemoHistory,
  seedDemoComments,
  seedDemoApplications,
  seedDemoTaskForce,
  seedDemoLeads,
  seedDemoTips,
  seedDemoRewards,
  // Last: until then every guide is as it was published.
  seedDemoDrafts,
]
