/** The browser's history beside the page stack: one entry a page, so that the browser's own back goes back one page. */

export interface Place {
  position: number
  url: string
}

/** Long enough for any browser to go back; a history that does not answer shall not stop the app. */
const PATIENCE_MS = 1000

const hashOf = (url: string) => `#${url}`

/** The page around the phone carries the address too, so that its reload comes back here. */
function tellFrame(url: string): void {
  if (parent === window) return
  try {
    parent.history.replaceState(parent.history.state, '', hashOf(url))
  } catch {
    // A page of another origin goes its own way.
  }
}

export class Trail {
  position: number
  readonly #onTravel: (place: Place | undefined) => void
  #arrived: (() => void) | undefined

  /** `onTravel`: the person went back or forth, or typed an address (undefined). */
  constructor(onTravel: (place: Place | undefined) => void) {
    this.#onTravel = onTravel
    this.position = this.#here()?.position ?? 0
    addEventListener('popstate', () => {
      const place = this.#here()
      if (place) tellFrame(place.url)
      if (this.#arrived) this.#arrived()
      else this.#onTravel(place)
    })
  }

  /** Where a reload or a link begins: the address as it was written, where the entry is ours. */
  entryUrl(): string {
    return this.#here()?.url ?? this.typedUrl()
  }

  typedUrl(): string {
    return location.hash.replace(/^#/, '')
  }

  push(url: string): void {
    this.position += 1
    history.pushState(this.#place(url), '', hashOf(url))
    tellFrame(url)
  }

  replace(url: string): void {
    history.replaceState(this.#place(url), '', hashOf(url))
    tellFrame(url)
  }

  /** An entry that a typed address has made. */
  adopt(): void {
    this.position += 1
  }

  async back(steps: number): Promise<void> {
    if (steps <= 0) return
    this.position -= steps
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, PATIENCE_MS)
      this.#arrived = () => {
        clearTimeout(timer)
        resolve()
      }
      history.go(-steps)
    })
    this.#arrived = undefined
  }

  #place(url: string): Place {
    return { position: this.position, url }
  }

  #here(): Place | undefined {
    const state = history.state as Partial<Place> | null
    return typeof state?.position === 'number' && typeof state.url === 'string' ? (state as Place) : undefined
  }
}
