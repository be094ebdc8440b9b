/** Runs the campaign on a planted copy: it is the campaign that is put to the test, and it has to fail. */
import { runCampaign } from '../campaign/campaign.js'
import { scenariosNamed } from '../campaign/scenarios.js'
import type { Verdict } from '../campaign/verdict.js'
import { copyWith } from './copy.js'
import { type Plant, plants } from './plants.js'

/** What must be zero, and the trail: a run that merely breaks off proves nothing. */
const columns = ['lost', 'doubled', 'halfDone', 'trail'] as const satisfies (keyof Verdict)[]

interface Given {
  dist: string
  seconds: number
  print(text: string): void
}

/** `name` of a plant, or all. @throws Error for another. True when each was shown, and what is harmless was not. */
export async function sow(name: string, { dist, seconds, print }: Given): Promise<boolean> {
  const chosen = name === 'all' ? plants : plants.filter((plant) => plant.name === name)
  if (chosen.length === 0) throw new Error(`no such plant: ${name}`)
  const said: string[] = []
  let isEachRight = true
  for (const plant of chosen) {
    print(`\nPlanted: ${plant.name} (${plant.about})`)
    const shown = await columnsThatShow(plant, { dist, seconds, print })
    const isHarmless = plant.isHarmless ?? false
    const isRight = isHarmless === (shown.length === 0)
    if (!isRight) isEachRight = false
    const what = shown.length === 0 ? 'nothing shown' : `shown by: ${shown.join(', ')}`
    said.push(`${plant.name.padEnd(24)}  ${what}${isRight ? '' : '  WRONG'}${isHarmless ? ' (the control)' : ''}`)
  }
  print(`\n${said.join('\n')}`)
  return isEachRight
}

async function columnsThatShow(plant: Plant, { dist, seconds, print }: Given): Promise<string[]> {
  const copy = await copyWith(plant, dist)
  try {
    const scenarios = scenariosNamed(plant.scenarios)
    const results = await runCampaign({ scenarios, on: [plant.on], dist: copy.dist, seconds, print })
    return columns.flatMap((column) => {
      const faults = results.reduce((sum, { verdict }) => sum + verdict[column].length, 0)
      return faults === 0 ? [] : [`${faults} ${column}`]
    })
  } finally {
    copy.remove()
  }
}
