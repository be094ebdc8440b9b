/** WHAT HAS A TRAIL: every tracked entity, found by the kind under which its entries stand. */
import { getMetadataArgsStorage } from 'typeorm'
import { Tracked, type TrackedClass } from './tracked.js'

/** Tracked entities by kind; complete once the entities are loaded. */
export function subjects(): ReadonlyMap<string, TrackedClass> {
  const classes = getMetadataArgsStorage()
    .tables.map(({ target }) => target)
    .filter((target): target is TrackedClass => typeof target === 'function' && target.prototype instanceof Tracked)
  return new Map(classes.map((one) => [one.trail.kind, one]))
}
