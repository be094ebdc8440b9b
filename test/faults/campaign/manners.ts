/** How clients behave: most as the mini-program does, some as bad networks and impatient thumbs make them. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Command } from './command.js'
import { cutInHalf, leave } from './sending.js'

/** What a client does with a command. `once` and `settle` find a process to send to by themselves. */
export interface Hands {
  url(): string
  /** Sends it once and forgets what came of it. */
  once(command: Command): Promise<void>
  /** Sends it, with its one key, until its fate is known. */
  settle(command: Command): Promise<void>
  /** Asks for something impossible, which is refused when its transaction has begun. */
  mistake(): Promise<void>
  /** Goes on beside everything else, and is waited for at the end. */
  aside(work: () => Promise<void>): void
}

interface Manner {
  /** Of a hundred commands. */
  share: number
  /** False: nobody asks what became of it, and its fate stays unknown. */
  isSettled: boolean
  play(command: Command, hands: Hands): Promise<unknown>
}

const manners = {
  plain: { share: 64, isSettled: true, play: (command, hands) => hands.settle(command) },
  twiceAtOnce: {
    share: 8,
    isSettled: true,
    play: (command, hands) => Promise.all([hands.settle(command), hands.once(command)]),
  },
  besideAMistake: {
    share: 8,
    isSettled: true,
    play: (command, hands) => Promise.all([hands.mistake(), hands.settle(command), hands.mistake()]),
  },
  lateAgain: {
    share: 6,
    isSettled: true,
    async play(command, hands) {
      await hands.settle(command)
      hands.aside(async () => {
        await delay(200 + Math.random() * 3000)
        await hands.once(command)
      })
    },
  },
  cutInHalf: {
    share: 6,
    isSettled: true,
    async play(command, hands) {
      await cutInHalf(hands.url(), command)
      await hands.settle(command)
    },
  },
  leaves: {
    share: 6,
    isSettled: true,
    async play(command, hands) {
      await leave(hands.url(), command)
      await hands.settle(command)
    },
  },
  leavesForGood: { share: 2, isSettled: false, play: (command, hands) => leave(hands.url(), command) },
} as const satisfies Record<string, Manner>

const table: readonly Manner[] = Object.values(manners)

/** One of them by lot; `rudeness` multiplies the share of all that are not plain. */
export function someManner(rudeness: number): Manner {
  const weight = (one: Manner) => (one === manners.plain ? one.share : one.share * rudeness)
  let lot = Math.random() * table.reduce((sum, one) => sum + weight(one), 0)
  for (const one of table) {
    lot -= weight(one)
    if (lot < 0) return one
  }
  return manners.plain
}
