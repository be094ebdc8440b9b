/** How many of the projects under care were offered a service in the last whole week (每周开展…现场服务). */
import { breathe } from '../board/breathe.js'
import { underCare, weekReadings } from '../visits/due.js'
import { isOffered } from '../visits/weeks.js'
import type { Facts } from './facts.js'

const AT_ONCE = 200

export async function coverageOf({ db, know, lastWeek }: Facts): Promise<{ offered: number; due: number }> {
  const counted = { offered: 0, due: 0 }
  for (let after = ''; ; ) {
    const projects = await underCare(db, { week: lastWeek, after, limit: AT_ONCE })
    for (const { status } of (await weekReadings(db, know, projects, lastWeek)).values()) {
      if (isOffered(status)) counted.offered += 1
      else if (status === 'due') counted.due += 1
    }
    const last = projects.at(-1)
    if (last === undefined || projects.length < AT_ONCE) return counted
    after = last.id
    await breathe()
  }
}
