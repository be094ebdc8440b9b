/** Derived keys that live exactly as long as the key they come from: a person's with the call, the service's with the service. */

/** Derives once for each key in memory; deriving takes two thirds of the time of sealing a short value. */
export function keptWith<T extends object>(derive: (key: Buffer) => T): (key: Buffer) => T {
  const kept = new WeakMap<Buffer, T>()
  return (key) => {
    const known = kept.get(key)
    if (known) return known
    const made = derive(key)
    kept.set(key, made)
    return made
  }
}
