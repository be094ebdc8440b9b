/** Plays many stories at once, each deed in the order of its time, so that whoever decides meanwhile sees the world of that day. */

export interface Deed {
  at: Date
  run(): Promise<void>
}

/** Yields what happens next; goes on once it has happened. */
export type Story = Generator<Deed, void, void>

export interface Play {
  add(story: Story): void
  /** Does what happens before that moment; where a story would go on later, it stands as it does. */
  until(end: Date): Promise<void>
}

interface Cue {
  deed: Deed
  story: Story
  order: number
}

/** The embedded database answers without a turn of the event loop, and what lies outside the heap is freed only in one. */
const breathe = () => new Promise((resolve) => setImmediate(resolve))
const AT_ONCE = 20

export function makePlay(): Play {
  const cues: Cue[] = []
  let count = 0
  const isAfter = (cue: Cue, { deed, order }: Cue) => cue.deed.at.getTime() - deed.at.getTime() || cue.order - order
  /** Latest first, so that the next one is at the end. */
  const push = (cue: Cue) => {
    let [low, high] = [0, cues.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (isAfter(cues[middle] as Cue, cue) > 0) low = middle + 1
      else high = middle
    }
    cues.splice(low, 0, cue)
  }
  const proceed = (story: Story, order: number) => {
    const next = story.next()
    if (!next.done) push({ deed: next.value, story, order })
  }
  return {
    add: (story) => proceed(story, count++),
    async until(end) {
      let done = 0
      for (let cue = cues.pop(); cue && cue.deed.at < end; cue = cues.pop()) {
        await cue.deed.run()
        proceed(cue.story, cue.order)
        done += 1
        if (done % AT_ONCE === 0) await breathe()
      }
    },
  }
}
