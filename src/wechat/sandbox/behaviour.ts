// Lets a test make the sandbox fail for one interface or one person: by a code, by silence, by a cut connection.

/** `silence`: never answers. `drop`: closes the connection. `reply`: what a broken gateway might say. */
export type Fault =
  | { readonly kind: 'silence' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'errcode'; readonly errcode: number; readonly errmsg?: string }
  | { readonly kind: 'reply'; readonly status: number; readonly text: string }

export interface Behaviour {
  /** An interface's path; every interface without it. */
  readonly path?: string
  /** A person; everybody without it. */
  readonly openid?: string
  readonly fault: Fault
  /** How many requests it holds for; for all without it. */
  readonly times?: number
  /** `after`: the interface does its work first, and only its answer is lost. */
  readonly when?: 'before' | 'after'
}

export class Behaviours {
  private readonly list: { behaviour: Behaviour; left: number }[] = []

  add(behaviour: Behaviour): void {
    this.list.push({ behaviour, left: behaviour.times ?? Number.POSITIVE_INFINITY })
  }

  clear(): void {
    this.list.length = 0
  }

  /** The first behaviour that fits the request, counted as used. */
  take(path: string, openid: string | undefined): Behaviour | undefined {
    const found = this.list.find(
      ({ behaviour, left }) => left > 0 && (behaviour.path ?? path) === path && (behaviour.openid ?? openid) === openid,
    )
    if (found) found.left -= 1
    return found?.behaviour
  }
}
