/** What every story of the demonstration stands on: the database, the calendar, the people, and who has heard of what. */
import type { EntityManager } from 'typeorm'
import { dateOf, instantAt } from '../calendar/dates.js'
import type { HelpCase } from '../cases/helpCase.js'
import type { Taken } from '../cases/steps.js'
import type { Ground } from '../database/seed.js'
import { actAs } from './act.js'
import type { Cast } from './cast.js'
import type { Dice } from './dice.js'
import type { Heard } from './notices.js'
import type { Deed, Play } from './play.js'
import type { CaseText, VisitText, Words } from './texts.js'

export interface Stage {
  db: EntityManager
  ground: Ground
  cast: Cast
  today: string
  caseTexts: readonly CaseText[]
  notOurs: readonly CaseText[]
  visitTexts: readonly VisitText[]
  /** The trades of a firm. */
  tradesOf(enterpriseId: string | null): readonly string[]
  words: Words
  play: Play
  heard: Heard
}

/** Who acts: an official by the post, or somebody of a firm. */
export type Who = { postId: string } | { personId: string } | null

/** A deed under its verb, at its time, as the trail is to know it. */
export function deed({ db, ground, cast }: Stage, at: Date, verb: string, who: Who, run: (at: Date) => unknown): Deed {
  const postId = who && 'postId' in who ? who.postId : null
  const personId = who && 'personId' in who ? who.personId : cast.personOf(postId)
  return {
    at,
    async run() {
      actAs(db, ground, { verb, at, personId, postId })
      await run(at)
    },
  }
}

/** A step of a case, as its handler would have it. */
export function stepOf({ db, ground, cast }: Stage, target: HelpCase, who: Who, now: Date): Taken {
  const postId = who && 'postId' in who ? who.postId : null
  const personId = who && 'personId' in who ? who.personId : cast.personOf(postId)
  return { db, know: ground, now, target, actor: { personId }, grants: postId === null ? [] : [{ postId }] }
}

/** Moments of a story, each after the one before. */
export interface Watch {
  /** In office hours of that day, or soon after what happened last where that is later. */
  on(day: string): Date
  /** At that moment, or soon after what happened last where that is later. */
  at(moment: Date): Date
  /** The day of what happened last. */
  day(): string
}

export function watchOf(dice: Dice, from = new Date(0)): Watch {
  let last = from
  const at = (wanted: Date) => {
    last = wanted > last ? wanted : new Date(last.getTime() + dice.between(180, 900) * 1000)
    return last
  }
  return {
    at,
    on(day) {
      const minute = 8 * 60 + 40 + dice.between(0, 460)
      const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
      return at(new Date(instantAt(day, time).getTime() + dice.between(0, 59_999)))
    },
    day: () => dateOf(last),
  }
}

export const later = (a: string, b: string): string => (a > b ? a : b)
