/** Everything that was promised to the clients of a load, everything whose fate they do not know, and when. */
import type { Acknowledgement, Command } from './command.js'
import type { Story } from './story.js'

export class Ledger {
  readonly stories: Story[] = []
  /** When something was acknowledged for the first time, by `performance.now()`. */
  private readonly times: number[] = []
  /** What should not have happened, and how often. */
  private readonly surprises = new Map<string, number>()
  private readonly cuts: number[] = []

  get acknowledged(): number {
    return this.times.length
  }

  get commands(): Command[] {
    return this.stories.flatMap(({ steps }) => steps)
  }

  /** A 200 has come. Whoever sends a command again gets the first answer again. */
  acknowledge(command: Command, body: unknown): void {
    const answer: Acknowledgement = { at: performance.now(), text: JSON.stringify(body) }
    if (command.acknowledged === undefined) {
      command.acknowledged = answer
      this.times.push(answer.at)
    } else if (command.acknowledged.text !== answer.text) this.surprise(`${command.verb}: two answers to one key`)
  }

  surprise(what: string): void {
    this.surprises.set(what, (this.surprises.get(what) ?? 0) + 1)
  }

  get surprising(): string[] {
    return [...this.surprises].map(([what, times]) => (times === 1 ? what : `${what} (${times} times)`))
  }

  /** A connection that stood was ended without an answer. */
  cutOff(): void {
    this.cuts.push(performance.now())
  }

  cutOffs(from: number, to: number): number {
    return this.cuts.filter((at) => at >= from && at <= to).length
  }

  /** The longest time without an acknowledgement between two moments, in milliseconds. */
  longestPause(from: number, to: number): number {
    const within = this.times.filter((at) => at > from && at < to)
    const marks = [from, ...within, to]
    return Math.max(0, ...marks.slice(1).map((at, i) => at - (marks[i] ?? at)))
  }
}
